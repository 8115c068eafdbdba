"""``python -m pipeline`` is ``qms``."""

import sys

from pipeline.cli import main

# Worker processes import this module again on Windows: only the first may run the program.
if __name__ == "__main__":
    sys.exit(main())
