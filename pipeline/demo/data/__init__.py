"""The demo as data."""
