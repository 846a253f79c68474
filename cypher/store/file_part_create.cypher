// Keep one part of a file's original bytes, compressed
// parameters: writer, file, number, bytes
// returns: written
MATCH (c:Casebook {id: 'casebook', writer: $writer})
CREATE (p:FilePart {file: $file, number: $number, bytes: $bytes})
RETURN count(p) AS written
ORDER BY written
