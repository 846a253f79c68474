"""Where things are, and what flows between divisions."""
