"""The secretary's covering report to the Steering Committee, from the frames of the workbook that it goes with."""
