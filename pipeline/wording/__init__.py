"""Every word that staff, secretary or committee read, in Vietnamese, as data: one TOML file a topic.

Code passes a key and facts; the text is made here, at the edge (house style 5).
"""

import tomllib
from collections.abc import Mapping
from functools import cache
from pkgutil import get_data
from typing import Any


@cache
def topic(name: str) -> Mapping[str, Any]:
    """The parsed content of ``<name>.toml``.

    Raises:
        FileNotFoundError: there is no such topic.
    """
    return tomllib.loads((get_data(__package__, f"{name}.toml") or b"").decode())


def say(key: str, /, **facts: object) -> str:
    """The text at a dotted key such as ``"cli.run.nothing_new"``, its ``{places}`` filled with ``facts``.

    Raises:
        KeyError: the key is unknown, or the text asks for a fact that was not given.
    """
    name, *path = key.split(".")
    entry: Any = topic(name)
    for step in path:
        entry = entry[step]
    if not isinstance(entry, str):
        raise KeyError(key)
    return entry.strip("\n").format(**facts)
