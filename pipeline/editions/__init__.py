"""Editions of a period's workbook: ``edition`` says which one stands, ``frames`` draws it from the ledger."""
