// The few entities whose properties await a refresh are found without a scan
// parameters: none
// returns: none
CREATE INDEX graphkit_stale IF NOT EXISTS FOR (n:Entity) ON (n.stale)
