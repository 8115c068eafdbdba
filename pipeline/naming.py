"""Names that others gave: written so that they are what they look like, and fit for every file system. Pure.

A name of a file may hold what turns the text around it, breaks its line or is no text at all. Each such character is
written out as ``⟨U+202E⟩``. Unicode UAX 9 lists the bidirectional controls; chapter 23 the noncharacters.
"""

import re
import unicodedata
from collections.abc import Callable
from typing import Final

_BIDI: Final = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_CONTROLS: Final = "\x00-\x1f\x7f-\x9f\u2028\u2029"
_NO_TEXT: Final = "\ud800-\udfff\ufdd0-\ufdef" + "".join(
    f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17)
)
_UNSAFE: Final = re.compile(f"[{_CONTROLS}{_BIDI}{_NO_TEXT}]")
_UNSAFE_IN_LINES: Final = re.compile(f"(?![\n\t])[{_CONTROLS}{_BIDI}{_NO_TEXT}]")
_LOOKS_ESCAPED: Final = re.compile("⟨(?=U\\+[0-9A-F]{4,6}⟩)")

_REFUSED: Final = re.compile(r'[<>:"/\\|?*]')
"""What Windows takes in no name of a file."""
_RESERVED: Final = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[0-9¹²³])[ ]*(?:\..*)?", re.IGNORECASE)
"""Names of devices on Windows, whatever follows their first dot."""

STEM_BYTES: Final = 120
"""How much of a sender's name a name of ours keeps, in UTF-8.

With hash, time and ending a name stays under the 255 bytes of a file system and the 143 of an encrypted folder, and the
whole path under the 260 letters of Windows where the workspace's own path has up to 60.
"""
_ZERO_WIDTH_JOINER: Final = "\u200d"


def visible(text: str) -> str:
    """The text on one line with every control, bidirectional control, surrogate and noncharacter written out.

    Idempotent; all other text stays as it is, byte for byte.
    """
    return _UNSAFE.sub(_written_out, text)


def visible_lines(text: str) -> str:
    """As :func:`visible`, for text that may have several lines and tabs."""
    return _UNSAFE_IN_LINES.sub(_written_out, text)


def replace_unsafe(text: str, by: Callable[[str], str]) -> str:
    """The text of several lines with each character that :func:`visible_lines` would write out given to ``by``."""
    return _UNSAFE_IN_LINES.sub(lambda match: by(match[0]), text)


def on_record(name: str) -> str:
    """The name of a file as the ledger keeps it: :func:`visible`, and two different names stay two.

    What in a name only looks written out is written out itself, so that the record gives back the name.
    """
    return visible(_LOOKS_ESCAPED.sub(_written_out, name))


def file_name(stem: str, ending: str) -> str:
    """A name that every file system takes: what somebody called a file, then an ``ending`` of ours.

    The stem is cut to ``STEM_BYTES`` between letters, composed (NFC) where it must be cut; letters that Windows
    refuses are written out; a device's name gets a low line before it. ``ending`` ends neither in a dot nor in a blank.
    """
    fit = _cut(_REFUSED.sub(_written_out, visible(stem)))
    return f"_{fit}{ending}" if _RESERVED.fullmatch(fit + ending) else f"{fit}{ending}"


def _written_out(match: re.Match[str]) -> str:
    return f"⟨U+{ord(match[0]):04X}⟩"


def _cut(stem: str) -> str:
    if len(stem.encode()) <= STEM_BYTES:
        return stem
    kept = unicodedata.normalize("NFC", stem).encode()[:STEM_BYTES].decode(errors="ignore")
    rest = unicodedata.normalize("NFC", stem)[len(kept) :]
    while kept and rest and _belongs_together(kept[-1], rest[0]):
        kept, rest = kept[:-1], kept[-1] + rest
    return re.sub("⟨(?:U[+0-9A-F]*)?$", "", kept).rstrip(" .")


def _belongs_together(left: str, right: str) -> bool:
    """Whether a reader sees one letter: a mark, a joiner or a variation selector belongs to the letter before it."""
    return _ZERO_WIDTH_JOINER in {left, right} or unicodedata.category(right) in {"Mn", "Me", "Mc"}
