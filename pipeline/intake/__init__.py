"""ARRIVE: what comes in from a division, from the bytes in the inbox to raw cells with their addresses."""
