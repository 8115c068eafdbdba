"""The drawing of comments, in VML: shapes are put into its bytes and taken out of them, the others stay as they are.

Excel writes VML that is not always XML (``<br>``), so it is never parsed as such.
"""

import re
from collections.abc import Collection, Iterator
from typing import Final, NamedTuple

from pipeline.patching.geometry import Anchor, Layout, Size
from pipeline.patching.refusal import PatchError, number

TYPE: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"
_SPACES: Final = {
    b"v": b"urn:schemas-microsoft-com:vml",
    b"o": b"urn:schemas-microsoft-com:office:office",
    b"x": b"urn:schemas-microsoft-com:office:excel",
}
_DECLARATIONS: Final = {prefix: b' xmlns:%b="%b"' % (prefix, space) for prefix, space in _SPACES.items()}
_BLANK: Final = b'<xml%b><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout></xml>' % b"".join(
    _DECLARATIONS.values()
)
_BOX: Final = (
    b'<v:shapetype%b id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_NOTE: Final = (
    b'<v:shape%b id="_x0000_s%d" type="#_x0000_t202" style="position:absolute;margin-left:59.25pt;margin-top:1.5pt;'
    b'width:%bpt;height:%bpt;z-index:%d;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
    b'<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    b'<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    b'<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>%b</x:Anchor>'
    b"<x:AutoFill>False</x:AutoFill><x:Row>%d</x:Row><x:Column>%d</x:Column></x:ClientData></v:shape>"
)
_ROOT: Final = re.compile(rb"<((?:[\w.-]+:)?xml)(?=[\s>])[^>]*>")
_SHAPE: Final = re.compile(
    rb"<((?:[\w.-]+:)?shape)(?=[\s>])(?:[^<>\"']|\"[^\"]*\"|'[^']*')*+(?<!/)>.*?</\1\s*>", re.DOTALL
)
_SHAPE_TYPE: Final = re.compile(
    rb"<((?:[\w.-]+:)?shapetype)\s[^>]*\bid=[\"']_x0000_t202[\"'][^>]*>.*?</\1\s*>", re.DOTALL
)
_IS_NOTE: Final = re.compile(rb"\bObjectType\s*=\s*[\"']Note[\"']")
_PLACE: Final = re.compile(rb"<(?:[\w.-]+:)?(Row|Column)\s*>\s*(\d{1,7})\s*<")
_NUMBER: Final = re.compile(rb"_x0000_s(\d{1,9})")
_ANCHOR: Final = re.compile(rb"(<(?:[\w.-]+:)?Anchor\s*>)([^<]*)(<)")
_STYLE: Final = re.compile(rb"(\bstyle\s*=\s*)(\"[^\"]*\"|'[^']*')")
_EXTENT: Final = re.compile(rb"((?:^|(?<=[;\"'\s]))(width|height)\s*:\s*)[^;\"']*")
_BEFORE: Final = re.compile(rb"<!--before (\"[^\"]*\"|'[^']*') ([^<>]*)-->")
_POINTS_A_PIXEL: Final = 0.75
_LARGEST: Final = 1 << 24


class _Shape(NamedTuple):
    begin: int
    end: int
    row: int
    column: int


class NotesDrawing:
    """The drawing of the comments of a sheet.

    Attributes:
        content: its bytes.

    Raises:
        PatchError: it is no drawing that a shape can be put into.
    """

    def __init__(self, content: bytes | None = None) -> None:
        self.content = _BLANK if content is None else content
        if len(self.content) > _LARGEST:
            raise PatchError("drawing", "more comments than are looked through")
        self._root = _ROOT.search(self.content)
        if not self._root or self._root[0].endswith(b"/>"):
            raise PatchError("drawing", "a drawing of comments without a root")
        self._end = self.content.rfind(b"</" + self._root[1])
        if self._end < 0:
            raise PatchError("drawing", "a drawing of comments without an end")
        self._places = {(shape.row, shape.column) for shape in self._shapes()}
        self._highest = max(map(int, _NUMBER.findall(self.content)), default=1024)

    @property
    def has_shapes(self) -> bool:
        """Whether anything is drawn."""
        return bool(re.search(rb"<(?:[\w.-]+:)?(?:shape|group|rect|oval|line|roundrect|image)[\s>]", self.content))

    def has(self, row: int, column: int) -> bool:
        """Whether the comment of a cell is drawn."""
        return (row, column) in self._places

    def draw(self, row: int, column: int, size: Size, anchor: Anchor) -> None:
        """Draw the comment of a cell."""
        self._places.add((row, column))
        self._highest += 1
        width, height = (b"%g" % (pixels * _POINTS_A_PIXEL) for pixels in size)
        declared = self._missing_declarations()
        corners = anchor.text().encode()
        note = _NOTE % (declared, self._highest, width, height, len(self._places), corners, row - 1, column - 1)
        if b"_x0000_t202" not in self.content or not _SHAPE_TYPE.search(self.content):
            note = _BOX % declared + note
        self._replace(self._end, self._end, note)

    def erase(self, places: Collection[tuple[int, int]]) -> None:
        """Draw the comments of some cells (row and column) no longer."""
        leaving = [shape for shape in self._shapes() if (shape.row, shape.column) in places]
        for shape in reversed(leaving):
            self._replace(shape.begin, shape.end, b"")
        self._places -= set(places)
        box = _SHAPE_TYPE.search(self.content) if leaving else None
        # What we draw stands behind the sender's own shapes, with the kind of box behind them too if it is ours.
        if box and b"#_x0000_t202" not in self.content[box.end() :]:
            self._replace(box.start(), box.end(), b"")

    def resize(self, row: int, column: int, size: Size, layout: Layout) -> None:
        """Give the comment of a cell another size; its first size is kept, so that :meth:`restore` finds it."""
        shape = self._shape(row, column)
        if shape is None:
            return
        drawn = self.content[shape.begin : shape.end]
        style, anchor = _STYLE.search(drawn), _ANCHOR.search(drawn)
        before = b""
        if style and not _BEFORE.search(drawn) and b"--" not in style[2] + (anchor[2] if anchor else b""):
            before = b"<!--before %b %b-->" % (style[2], anchor[2] if anchor else b"")
        if style:
            points = {b"width": size.width * _POINTS_A_PIXEL, b"height": size.height * _POINTS_A_PIXEL}
            text = _EXTENT.sub(lambda extent: b"%b%gpt" % (extent[1], points[extent[2]]), style[2])
            drawn = drawn[: style.start(2)] + text + drawn[style.end(2) :]
        anchor = _ANCHOR.search(drawn)
        if anchor:
            corners = [number(text, "Anchor") for text in anchor[2].decode("ascii", "replace").split(",")]
            if len(corners) != 8:
                raise PatchError("drawing", "a comment with a corner too many or too few")
            after = layout.resized((corners[0], corners[1]), (corners[2], corners[3]), size).text().encode()
            drawn = drawn[: anchor.start(2)] + after + drawn[anchor.end(2) :]
        at = drawn.rfind(b"</")
        self._replace(shape.begin, shape.end, drawn[:at] + before + drawn[at:])

    def restore(self, places: Collection[tuple[int, int]]) -> None:
        """Give the comments of some cells the size that they had before :meth:`resize`, where it is kept."""
        for shape in reversed(list(self._shapes())):
            drawn = self.content[shape.begin : shape.end]
            before = _BEFORE.search(drawn) if (shape.row, shape.column) in places else None
            if before:
                drawn = drawn[: before.start()] + drawn[before.end() :]
                for pattern, text in ((_STYLE, before[1]), (_ANCHOR, before[2])):
                    match = pattern.search(drawn)
                    drawn = drawn[: match.start(2)] + text + drawn[match.end(2) :] if match else drawn
                self._replace(shape.begin, shape.end, drawn)

    def _missing_declarations(self) -> bytes:
        root = self._root[0] if self._root else b""
        missing = (text for text in _DECLARATIONS.values() if text[1:] not in root.replace(b"'", b'"'))
        return b"".join(missing)

    def _shape(self, row: int, column: int) -> _Shape | None:
        return next((shape for shape in self._shapes() if (shape.row, shape.column) == (row, column)), None)

    def _shapes(self) -> Iterator[_Shape]:
        """The shapes of comments with the cells that they belong to, from 1."""
        for match in _SHAPE.finditer(self.content):
            places = {name: int(text) + 1 for name, text in _PLACE.findall(match[0])}
            if _IS_NOTE.search(match[0]) and len(places) == 2:
                yield _Shape(match.start(), match.end(), places[b"Row"], places[b"Column"])

    def _replace(self, begin: int, end: int, content: bytes) -> None:
        self.content = self.content[:begin] + content + self.content[end:]
        self._end += len(content) - (end - begin)
