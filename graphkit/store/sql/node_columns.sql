SELECT id, kind.code AS kind, node_key
FROM node JOIN word AS kind ON kind.word = node.kind
ORDER BY id
