"""The parts of an answer: the sheet of findings, the marks on the cells, the formulas that became values."""
