"""The battery is typed into the valid submissions of ``tests/rules``."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "rules"))
