"""The parts of a template: one module a sheet, and what they share."""
