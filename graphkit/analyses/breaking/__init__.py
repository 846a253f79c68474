"""Breaking the chain: whom to hit, and what if these were taken out."""
