"""The words in which forms are written: choices, fields with their limits, sheets, and what a rule is."""
