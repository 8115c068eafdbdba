"""The live checks are tried on the valid submissions of ``tests/rules``, and under the words of ``tests/battery``."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "rules"))
sys.path.insert(0, str(Path(__file__).parents[1] / "battery"))
