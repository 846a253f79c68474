"""Places that behave like a den."""
