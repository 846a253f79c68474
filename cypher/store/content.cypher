// One part of a file's original bytes, compressed
// parameters: file, number
// returns: bytes
MATCH (p:FilePart {file: $file, number: $number})
RETURN p.bytes AS bytes
ORDER BY p.number
