"""Many things of one kind from one sender, told in one line: noise must not bury what matters. Pure."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Final, TypeVar

FEW: Final = 5
"""Up to so many of a kind are told one by one."""
_SHOWN: Final = 3

T = TypeVar("T")


def parted(things: Iterable[T], kind_of: Callable[[T], Hashable | None]) -> tuple[list[T], list[list[T]]]:
    """What is told one by one, in its order, and the crowds of more than :data:`FEW` of a kind.

    What is of no kind (None) is always told by itself.
    """
    kinds: dict[Hashable, list[T]] = {}
    told = [(kind_of(thing), thing) for thing in things]
    for kind, thing in told:
        kinds.setdefault(kind, []).append(thing)
    crowds = {kind: crowd for kind, crowd in kinds.items() if kind is not None and len(crowd) > FEW}
    return [thing for kind, thing in told if kind not in crowds], list(crowds.values())


def some(paths: Sequence[str]) -> str:
    """The first few paths as one text, and that there are more."""
    return ", ".join(f"`{path}`" for path in paths[:_SHOWN]) + (", …" if len(paths) > _SHOWN else "")


def folders(paths: Iterable[str]) -> str:
    """The folders in which paths lie, each once, as one text."""
    return ", ".join(f"`{folder}`" for folder in sorted({path.rpartition("/")[0] for path in paths}))
