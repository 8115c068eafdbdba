"""Lets a bare ``pytest`` find the package ``docs`` of the repository, as ``python -m pytest`` does."""

import sys
from pathlib import Path

ROOT = str(Path(__file__).parents[2])
if ROOT not in sys.path:
    sys.path.insert(0, ROOT)
