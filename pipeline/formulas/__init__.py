"""Excel formulas as text: written for the live checks of a form, read and computed for the values that they show."""
