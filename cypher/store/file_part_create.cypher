// Keep one part of a file's original bytes, compressed
// parameters: file, number, bytes
// returns: written
CREATE (p:FilePart {file: $file, number: $number, bytes: $bytes})
RETURN count(p) AS written
ORDER BY written
