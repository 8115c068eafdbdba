"""What every workbook that we write shares: typed cells, pages, heights, entry messages, steady bytes."""
