"""ANSWER: the sender's own workbook patched with marks at its findings; the book of what a division sent."""
