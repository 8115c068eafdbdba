"""ANSWER: the sender's own workbook with its findings marked, by openpyxl; the book of what a division sent."""
