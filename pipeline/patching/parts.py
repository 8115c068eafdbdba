"""The parts of a package: read when needed, parsed once, written only when they were changed."""

from dataclasses import replace
from typing import Final

from pipeline.patching.markup import Element, parsed, serialised
from pipeline.patching.refusal import PatchError
from pipeline.patching.sheet_part import SheetPart
from pipeline.patching.zipping import Entry, entries_of, entry_of, folded_name, zip_of

_MOST_BYTES: Final = 1 << 30


class Parts:
    """The parts by folded name; what nobody changes keeps its compressed bytes.

    Raises:
        PatchError: the bytes are no zip that can be patched.
    """

    def __init__(self, content: bytes) -> None:
        self._original = content
        self._entries = entries_of(content)
        if sum(entry.size for entry in self._entries.values()) > _MOST_BYTES:
            raise PatchError("package", "too many bytes in the package")
        self._trees: dict[str, Element] = {}
        self._sheets: dict[str, SheetPart] = {}
        self._changed: set[str] = set()
        self.is_changed = False

    def __contains__(self, part: str) -> bool:
        return part in self._entries

    def names(self) -> list[str]:
        """The folded names of all parts, in the order of the zip."""
        return [part for part in self._entries if not part.endswith("/")]

    def written(self, part: str) -> str:
        """The name of a part as the zip spells it, with slashes between folders."""
        return self._entry(part).written.replace("\\", "/")

    def content(self, part: str) -> bytes:
        """The bytes of a part as it is now.

        Raises:
            PatchError: there is none, or it is damaged.
        """
        if part in self._changed:
            return self._sheets[part].content() if part in self._sheets else serialised(self._trees[part])
        return self._entry(part).content()

    def head(self, part: str, most: int) -> bytes:
        """The first bytes of an unchanged part; all of a changed one."""
        return self.content(part) if part in self._changed else self._entry(part).content(most)

    def tree(self, part: str) -> Element:
        """The root of a part, to be read."""
        if part not in self._trees:
            self._trees[part] = parsed(self._entry(part).content(), part)
        return self._trees[part]

    def changed(self, part: str) -> Element:
        """The root of a part, to be changed."""
        root = self.tree(part)
        self.is_changed = True
        self._changed.add(part)
        return root

    def sheet(self, part: str) -> SheetPart:
        """A worksheet part, to be read."""
        if part not in self._sheets:
            self._sheets[part] = SheetPart(self._entry(part).content(), part)
        return self._sheets[part]

    def changed_sheet(self, part: str) -> SheetPart:
        """A worksheet part, to be changed."""
        sheet = self.sheet(part)
        self.is_changed = True
        self._changed.add(part)
        return sheet

    def put(self, written: str, content: bytes) -> str:
        """Put a part, new or in place of another; gives its folded name."""
        part = folded_name(written)
        name = self._entries[part].written if part in self._entries else written
        self.drop(part, is_replaced=True)
        self._entries[part] = entry_of(name, content)
        self.is_changed = True
        return part

    def drop(self, part: str, *, is_replaced: bool = False) -> None:
        """Leave a part out; its place in the order of the zip stays for one that replaces it."""
        for kept in (self._trees, self._sheets):
            kept.pop(part, None)
        self._changed.discard(part)
        if not is_replaced and self._entries.pop(part, None) is not None:
            self.is_changed = True

    def saved(self) -> bytes:
        """The package; without any change, the very bytes that came in.

        Raises:
            PatchError: it would need ZIP64.
        """
        if not self.is_changed:
            return self._original
        entries = dict(self._entries)
        for part in self._changed:
            fresh = entry_of(entries[part].written, self.content(part))
            entries[part] = replace(fresh, attributes=entries[part].attributes)
        return zip_of(entries)

    def _entry(self, part: str) -> Entry:
        if part not in self._entries:
            raise PatchError(part or "root", "no such part")
        return self._entries[part]
