"""The labelled sentences of our own, none from the development file.

``labelled.jsonl`` goes by trap. ``blind_*.jsonl`` were written by a tester before anything of the reader was read
(the first) or the batch was run (the others), in the proportions of the development file; a note with "borderline"
marks a label that the rules leave open: such a sentence is read, but its label is not held.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

Label = Mapping[str, Any]


def _read(name: str) -> list[Label]:
    lines = (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


FILES = ("labelled.jsonl", "blind_1.jsonl", "blind_2.jsonl", "blind_3.jsonl")
_ALL: list[Label] = [label for name in FILES for label in _read(name)]
LABELLED: list[Label] = [label for label in _ALL if "borderline" not in label["note"]]
SENTENCES: list[str] = [label["text"] for label in _ALL]
