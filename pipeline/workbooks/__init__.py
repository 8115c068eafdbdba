"""LEAVE: the workbooks that go out. Templates and the committee's workbook by XlsxWriter, marked copies by openpyxl."""
