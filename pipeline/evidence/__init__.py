"""What the committee's workbook must show, worked out a second time from the ledger and the settings.

Nothing here imports ``consolidation`` or what it counts with (``obligations``, ``achievement``): contracts of
import-linter hold it. The rules are those of docs/decisions 0008, 0011 and 0015, written again in plain Python over
rows that SQL read; whoever changes one of them there changes it here, by hand.
"""
