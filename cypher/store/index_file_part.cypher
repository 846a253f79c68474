// The parts of an original file are looked up by the file
// parameters: none
// returns: none
CREATE INDEX graphkit_file_part IF NOT EXISTS FOR (p:FilePart) ON (p.file)
