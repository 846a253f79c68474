"""Tracing flows through the network in time order: goods by their lots, money, calls."""
