"""ISSUE: the forms as staff get them, blank or pre-filled, by XlsxWriter: one module a sheet, and what they share."""
