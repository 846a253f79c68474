"""Walking chains in time order: one step on, level by level, and the best chain to each entity."""
