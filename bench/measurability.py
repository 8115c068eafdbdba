"""How well objective sentences are read: `python bench/measurability.py [file.jsonl] [--fold N] [--quiet]`.

The file holds one labelled sentence a line (text, measurable, comparator, targets, unit, deadline, vague_terms, note,
source_url); without an argument the labelled sentences of the tests are read. Notes with "borderline" are not
scored. With several targets the unit is that of the first. Figures come by fold too: sentences of one agency (the host
of source_url, else the trap) stay in one of five folds, so that a rule made while looking at four of them is tried on
the fifth. ``--fold N`` prints the misses of one fold, ``--but N`` those of the other four.
"""

import argparse
import json
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlparse

from pipeline.measurability import Reading, read_objective

BESIDE = Path(__file__).parents[2] / "shared" / "data" / "objectives_dev.jsonl"
OWN = Path(__file__).parents[1] / "tests" / "measurability" / "labelled.jsonl"
FOLDS = 5
Label = Mapping[str, Any]


class Scored(NamedTuple):
    """A labelled sentence and its reading."""

    label: Label
    reading: Reading


def fold_of(label: Label) -> int:
    """The fold of a sentence: the same for every sentence of one agency."""
    host = urlparse(label.get("source_url") or "").netloc
    return zlib.crc32((host or label.get("trap") or label["text"]).encode()) % FOLDS


def first_unit(text: str | None) -> str | None:
    """The unit of the first target."""
    return text.split(";")[0].strip() if text else None


def same_numbers(label: Label, reading: Reading) -> bool:
    """Whether the targets are exactly those of the label."""
    wanted = label["targets"]
    return len(wanted) == len(reading.values) and all(
        abs(a - b) < 0.01 for a, b in zip(wanted, reading.values, strict=True)
    )


CHECKS: dict[str, Callable[[Label, Reading], bool]] = {
    "measurable": lambda label, reading: label["measurable"] == reading.measurable,
    "comparator": lambda label, reading: label["comparator"] == reading.comparator,
    "targets": same_numbers,
    "unit": lambda label, reading: first_unit(label["unit"]) == reading.unit,
    "deadline": lambda label, reading: label["deadline"] == reading.deadline,
}
SHOWN: dict[str, Callable[[Reading], object]] = {
    "measurable": lambda reading: reading.measurable,
    "comparator": lambda reading: reading.comparator and str(reading.comparator),
    "targets": lambda reading: list(reading.values),
    "unit": lambda reading: reading.unit,
    "deadline": lambda reading: reading.deadline,
}


def read_labels(file: Path) -> list[Label]:
    """The labelled sentences of a file that are scored."""
    labels = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [label for label in labels if "borderline" not in (label.get("note") or "")]


def figures(scored: Sequence[Scored]) -> dict[str, float]:
    """Precision and recall of *not measurable* and of vague terms, and the exact-match rates."""
    said = [not one.reading.measurable for one in scored]
    true = [not one.label["measurable"] for one in scored]
    both = sum(a and b for a, b in zip(said, true, strict=True))
    vague = Counter[str]()
    for one in scored:
        wanted, found = set(one.label["vague_terms"]), set(one.reading.vague_terms)
        vague.update(wanted=len(wanted), found=len(found), both=len(wanted & found))
    rates = {name: ratio(sum(check(*one) for one in scored), len(scored)) for name, check in CHECKS.items()}
    return {
        "not measurable P": ratio(both, sum(said)),
        "not measurable R": ratio(both, sum(true)),
        **rates,
        "vague P": ratio(vague["both"], vague["found"]),
        "vague R": ratio(vague["both"], vague["wanted"]),
    }


def ratio(part: int, whole: int) -> float:
    """A share; 1 of nothing."""
    return part / whole if whole else 1.0


def misses(scored: Sequence[Scored]) -> Iterator[str]:
    """A line for each field that was read otherwise than labelled."""
    for one in scored:
        for name, check in CHECKS.items():
            if not check(*one):
                yield f"{name:10} {one.label[name]!s:24} read {SHOWN[name](one.reading)!s:24} {one.label['text']}"


def speed(texts: Sequence[str]) -> float:
    """Sentences a second of processor time, on one core, after one round to warm up."""
    for text in texts:
        read_objective(text)
    rounds = max(1, 5_000 // len(texts))
    started = time.process_time()
    for _ in range(rounds):
        for text in texts:
            read_objective(text)
    return rounds * len(texts) / (time.process_time() - started)


def main() -> None:
    """Print the figures, by fold and in all, the misses, and the speed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("file", nargs="?", type=Path, default=BESIDE if BESIDE.exists() else OWN)
    parser.add_argument("--fold", type=int, help="misses of this fold alone")
    parser.add_argument("--but", type=int, help="misses of all folds but this")
    parser.add_argument("--quiet", action="store_true", help="no misses")
    asked = parser.parse_args()
    scored = [Scored(label, read_objective(label["text"])) for label in read_labels(asked.file)]
    if not asked.quiet:
        shown = [one for one in scored if asked.fold in (None, fold_of(one.label)) and fold_of(one.label) != asked.but]
        print(*misses(shown), sep="\n")
    folds = [[one for one in scored if fold_of(one.label) == fold] for fold in range(FOLDS)]
    columns = [*map(figures, folds), figures(scored)]
    print(f"\n{asked.file.name}: {len(scored)} sentences scored")
    print(f"{'':18}" + "".join(f"fold {fold:<4}" for fold in range(FOLDS)) + "all")
    for name in columns[0]:
        print(f"{name:18}" + "".join(f"{column[name]:<9.3f}" for column in columns))
    print(f"\n{speed([one.label['text'] for one in scored]):,.0f} sentences a second")


if __name__ == "__main__":
    main()
