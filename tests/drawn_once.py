"""The same frames are not consolidated, nor the same workbook written, twice in a session of tests.

Both are functions of what goes in, which other folders prove. Reading is not left out: whoever asks for a workbook has
read the ledger for himself, and what he read is compared in full.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date

import pandas as pd
import pytest

from pipeline.consolidation import Committee, LedgerContent
from pipeline.editions import frames
from pipeline.findings import Finding
from pipeline.settings import Period, Settings

_COMMITTEES: dict[str, Committee] = {}
_WORKBOOKS: dict[tuple[int, str], bytes] = {}


@contextmanager
def drawn_once() -> Iterator[None]:
    """As long as it lasts, what was drawn in this session is remembered by all that it is drawn from."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(frames, "consolidate", _consolidated(frames.consolidate))
        patch.setattr(frames, "build_workbook", _written(frames.build_workbook))
        yield


def _consolidated(consolidate: Callable[..., Committee]) -> Callable[..., Committee]:
    def once(
        content: LedgerContent, settings: Settings, period: Period, today: date, standing: Iterable[tuple[int, Finding]]
    ) -> Committee:
        notes = tuple(standing)
        sources = [*_content(content), settings.model_dump_json(), str(period), repr(today), repr(notes)]
        key = hashlib.sha256("\x1f".join(sources).encode()).hexdigest()
        if key not in _COMMITTEES:
            _COMMITTEES[key] = consolidate(content, settings, period, today, notes)
        return _COMMITTEES[key]

    return once


def _content(content: LedgerContent | None) -> Iterator[str]:
    """Every value of every frame, as Python writes it."""
    if content is None:
        yield "None"
        return
    yield repr(content.changed_at)
    named = {name: getattr(content, name) for name in ("submissions", "findings", "decisions", "faults")}
    for name, frame in sorted({**named, **{f"rows {table}": rows for table, rows in content.rows.items()}}.items()):
        yield f"{name} {_values(frame)}"
    yield from _content(content.before)


def _values(frame: pd.DataFrame) -> str:
    return repr((frame.dtypes.astype(str).to_dict(), frame.to_dict("split")))


def _written(build_workbook: Callable[..., bytes]) -> Callable[..., bytes]:
    def once(committee: Committee, links: Mapping[str, str]) -> bytes:
        if committee not in _COMMITTEES.values():
            return build_workbook(committee, links)
        key = id(committee), repr(sorted(links.items()))
        if key not in _WORKBOOKS:
            _WORKBOOKS[key] = build_workbook(committee, links)
        return _WORKBOOKS[key]

    return once
