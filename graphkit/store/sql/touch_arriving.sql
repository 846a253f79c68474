-- Only where a node is known under another kind is there something to decide.
CREATE OR REPLACE TEMP TABLE touched AS
SELECT DISTINCT node.node_key FROM arriving_node JOIN node USING (id) WHERE arriving_node.kind <> node.kind
