"""Whom records mean: finding an entity, who is one party under several names, and who counts as a suspect."""
