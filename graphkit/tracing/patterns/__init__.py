"""Patterns of payments in time order: cycles and fans."""
