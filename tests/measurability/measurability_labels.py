"""The labelled sentences of our own: by trap, none from the development file, written before they were ever read."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Label = Mapping[str, Any]
LABELLED: list[Label] = [
    json.loads(line) for line in (Path(__file__).parent / "labelled.jsonl").read_text(encoding="utf-8").splitlines()
]
SENTENCES: list[str] = [label["text"] for label in LABELLED]
