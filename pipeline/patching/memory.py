"""What a part was like before it was changed, kept in the part itself so that the change can be undone later.

It stands in an extension (ECMA-376 Part 1, 18.2.7) of our own URI. A program that writes the part anew drops extensions
that it does not know, and what was remembered would not fit its part any more: the two live equally long.
"""

from collections.abc import Sequence
from typing import Final

from lxml import etree

from pipeline.patching.markup import Element, appended, child, children, has_elements, placed, removed, unset

_URI: Final = "{3D1C2B8E-6F0A-4C57-9B61-5A7E0D9F2C14}"
_SPACE: Final = "urn:qms-pipeline:patching"
_NAME: Final = f"{{{_SPACE}}}before"


class Memory:
    """Texts by key in the extensions of a part; ``order`` is that of the children of its root."""

    def __init__(self, root: Element, order: Sequence[str]) -> None:
        self._root, self._order = root, order

    def get(self, key: str) -> str | None:
        """What is kept under a key."""
        kept = self._kept()
        return None if kept is None else kept.get(key)

    def keep(self, key: str, text: str) -> None:
        """Keep a text, unless one is kept under the key: what was first is what was before."""
        if self.get(key) is None:
            self.put(key, text)

    def put(self, key: str, text: str) -> None:
        """Keep a text in place of what was kept."""
        kept = self._kept()
        if kept is None:
            extension = appended(placed(self._root, "extLst", self._order), "ext")
            extension.set("uri", _URI)
            kept = etree.SubElement(extension, _NAME, nsmap={"qms": _SPACE})
        kept.set(key, text)

    def forget(self, key: str) -> None:
        """Keep it no longer; the extension goes with the last key."""
        kept = self._kept()
        if kept is None or kept.get(key) is None:
            return
        unset(kept, key)
        if kept.attrib:
            return
        extension, extensions = kept.getparent(), child(self._root, "extLst")
        if extension is not None:
            removed(extension)
        if extensions is not None and not has_elements(extensions):
            removed(extensions)

    def _kept(self) -> Element | None:
        for extension in children(child(self._root, "extLst"), "ext"):
            kept = extension.find(_NAME)
            if extension.get("uri") == _URI and kept is not None:
                return kept
        return None
