"""Who holds the network together: measures, roles, groups."""
