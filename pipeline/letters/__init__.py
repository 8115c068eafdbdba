"""LEAVE: letters to divisions as .docx in the form of Nghị định 30/2020. The only package that imports docx."""
