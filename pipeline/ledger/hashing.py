"""What the chains of the ledger are made of: canonical JSON, its digest, and the hash that covers what came before."""

import hashlib
import json
from collections.abc import Iterable, Mapping

GENESIS = "0" * 64
"""What stands before the first link."""


def canonical(content: object) -> str:
    """JSON that is the same for the same content: sorted keys, no spaces, Unicode as it is."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(content: object) -> str:
    """SHA-256 of the canonical JSON."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def rows_digest(rows: Iterable[Mapping[str, object]]) -> str:
    """The digest of accepted rows in their order, blanks left out: a column added to a form later changes none."""
    return digest([{name: value for name, value in row.items() if value is not None} for row in rows])


def chained(previous: str, kind: str, as_of: str, content: str) -> str:
    """The hash of a link: it covers what came before, what happened and when, never who ran it."""
    return digest([previous, kind, as_of, content])
