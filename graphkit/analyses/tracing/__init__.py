"""Tracing the flow: where it came from and went, and which source explains what was found."""
