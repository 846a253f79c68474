-- A casebook holds what files assert, and nothing else: the graph is derived from it.
-- No primary keys and no indexes: they triple the time of a load, and a scan of ten million integers takes milliseconds.

CREATE TABLE meta (key VARCHAR, value VARCHAR);

CREATE TABLE file (
    file_key INTEGER, file VARCHAR, sha256 VARCHAR, name VARCHAR, layout VARCHAR, kinds VARCHAR[],
    rows BIGINT, accepted BIGINT, rejected BIGINT, provided_by VARCHAR, loaded_at VARCHAR, mapping VARCHAR
);

-- The ids that some statement speaks of; a node goes when its last statement goes.
CREATE TABLE node (node_key INTEGER, id VARCHAR, kind VARCHAR);

-- `position` is the row's place in the parquet file that it came in, so that an export gives the same order.
CREATE TABLE statement (
    file_key INTEGER, position INTEGER, node INTEGER, kind VARCHAR, property VARCHAR, value VARCHAR,
    sheet VARCHAR, rows BIGINT[]
);

CREATE TABLE link (
    file_key INTEGER, position INTEGER, link VARCHAR, kind VARCHAR, source INTEGER, target INTEGER,
    started_earliest TIMESTAMP, started_latest TIMESTAMP, ended_earliest TIMESTAMP, ended_latest TIMESTAMP,
    quantity DOUBLE, unit VARCHAR, amount DOUBLE, currency VARCHAR,
    properties STRUCT(key VARCHAR, value VARCHAR)[], sheet VARCHAR, rows BIGINT[]
);

-- What a person asks in SQL: one row for each file and sheet that asserts something.

CREATE VIEW files AS
SELECT file, sha256, name, layout, kinds, rows, accepted, rejected, provided_by, loaded_at, mapping FROM file;

CREATE VIEW nodes AS
SELECT
    id, kind,
    (SELECT min(value) FROM statement WHERE statement.node = node.node_key AND property = 'name') AS name
FROM node;

CREATE VIEW statements AS
SELECT
    node.id AS node, node.kind, property, value, file.file,
    [file.file || '#' || sheet || ':' || number FOR number IN statement.rows] AS evidence
FROM statement JOIN node ON node.node_key = statement.node JOIN file USING (file_key);

CREATE VIEW links AS
SELECT
    link, link.kind, source_node.id AS source, target_node.id AS target,
    started_earliest, started_latest, ended_earliest, ended_latest, quantity, unit, amount, currency,
    map_from_entries(properties) AS properties, file.file,
    [file.file || '#' || sheet || ':' || number FOR number IN link.rows] AS evidence
FROM link
JOIN node AS source_node ON source_node.node_key = link.source
JOIN node AS target_node ON target_node.node_key = link.target
JOIN file USING (file_key);
