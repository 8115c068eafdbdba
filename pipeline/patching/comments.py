"""The comments of a worksheet (ECMA-376 Part 1, 18.7) with their drawing; a discussion in threads is left alone."""

import posixpath
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.patching import comment_text
from pipeline.patching.geometry import Layout, Size
from pipeline.patching.markup import (
    MAIN,
    OFFICE,
    Element,
    appended,
    child,
    children,
    descendants,
    detached_with_id,
    local,
    place_in_order,
    removed,
)
from pipeline.patching.notes_drawing import TYPE, NotesDrawing
from pipeline.patching.refusal import PatchError, address, number, position
from pipeline.patching.relations import (
    discard,
    main_space,
    of_kind,
    office_id,
    only,
    relate,
    relations_of,
    set_type,
    unrelate,
)
from pipeline.patching.sheet_part import ORDER
from pipeline.patching.workbook import Workbook

_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
_BLANK: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="{}"><authors/><commentList/></comments>'
)
_THREAD: Final = "tc={"
"""How Excel begins the name of the author of what stands for a discussion in programs that know none."""


@dataclass(frozen=True)
class Comment:
    """The comment of a cell as plain text; ``is_threaded``: it stands for a discussion, which is not touched."""

    cell: str
    author: str
    text: str
    is_threaded: bool = False


@dataclass(frozen=True)
class Note:
    """What to write at a cell: below the comment that is there, or as a new one by an author; its size in pixels."""

    cell: str
    text: str
    author: str
    size: Size


class Comments:
    """The comments of one worksheet (``part``)."""

    def __init__(self, workbook: Workbook, part: str) -> None:
        self._workbook, self._parts, self._sheet = workbook, workbook.parts, part
        self._part = only(self._parts, part, "comments")
        if self._part is not None and local(self._parts.tree(self._part)) != "comments":
            raise PatchError(self._part, "no comments")

    def all(self) -> list[Comment]:
        """Every comment in the order of the part."""
        authors, threads = [author.text or "" for author in self._authors()], self._threads()
        comments = []
        for cell, element in self._elements().items():
            place = number(element.get("authorId", "0"), "authorId")
            author = authors[place] if 0 <= place < len(authors) else ""
            is_threaded = cell in threads or author.startswith(_THREAD)
            comments.append(Comment(cell, author, comment_text.plain(element), is_threaded))
        return comments

    def write(self, notes: Sequence[Note]) -> None:
        """Write at cells, one note a cell.

        Raises:
            PatchError: a cell has a discussion in threads, or the drawing of the comments cannot take more.
        """
        threaded = {comment.cell for comment in self.all() if comment.is_threaded}
        cells = [address(*position(note.cell)) for note in notes]
        for cell in cells:
            if cell in threaded:
                raise PatchError(cell, "has a discussion in threads")
        if len(set(cells)) < len(cells):
            raise PatchError(self._sheet, "two notes for one cell")
        if not notes:
            return
        root, present = self._changed(), self._elements()
        for cell, note in zip(cells, notes, strict=True):
            if cell in present:
                comment_text.append(present[cell], note.text)
            else:
                self._add(root, cell, note)
        self._draw(dict(zip(cells, notes, strict=True)), present)

    def cut(self, mark: str) -> list[str]:
        """Take the text from a mark on off every comment that has it; gives the cells. What then is blank goes.

        The sender's own words, their looks and the size of the drawing are as they were before the mark was written.
        """
        cells, blank = [], []
        threaded = {comment.cell for comment in self.all() if comment.is_threaded}
        for cell, element in self._elements().items():
            if cell not in threaded and mark in comment_text.plain(element):
                self._changed()
                cells.append(cell)
                if not comment_text.cut(element, mark):
                    blank.append(cell)
        if cells:
            self._redraw(lambda drawing: drawing.restore([position(cell) for cell in cells]))
            self._remove(blank)
        return cells

    def remove(self, cell: str) -> bool:
        """Remove the comment of a cell; says whether there was one.

        Raises:
            PatchError: it is a discussion in threads.
        """
        self._hold_plain(cell)
        cell = address(*position(cell))
        is_there = cell in self._elements()
        if is_there:
            self._remove([cell])
        return is_there

    def resize(self, cell: str, size: Size) -> None:
        """Give the comment of a cell another size.

        Raises:
            PatchError: it is a discussion in threads, or there is none.
        """
        self._hold_plain(cell)
        cell = address(*position(cell))
        if cell not in self._elements():
            raise PatchError(cell, "has no comment")
        layout = Layout(self._parts.sheet(self._sheet))
        self._redraw(lambda drawing: drawing.resize(*position(cell), size, layout))

    def _hold_plain(self, cell: str) -> None:
        place = address(*position(cell))
        if any(comment.is_threaded and comment.cell == place for comment in self.all()):
            raise PatchError(place, "has a discussion in threads")

    def _threads(self) -> set[str]:
        threads = (relation.part for relation in of_kind(self._parts, self._sheet, "threadedComment"))
        every = (comment for part in threads for comment in descendants(self._parts.tree(part), "threadedComment"))
        return {comment.get("ref", "").upper() for comment in every}

    def _elements(self) -> dict[str, Element]:
        """The comments by cell; the first where a cell has two."""
        elements: dict[str, Element] = {}
        root = None if self._part is None else self._parts.tree(self._part)
        for element in children(None if root is None else child(root, "commentList"), "comment"):
            elements.setdefault(address(*position(element.get("ref", ""))), element)
        return elements

    def _authors(self) -> list[Element]:
        root = None if self._part is None else self._parts.tree(self._part)
        return children(None if root is None else child(root, "authors"), "author")

    def _folder(self) -> str:
        return posixpath.dirname(self._parts.written(self._workbook.part))

    def _free(self, folder: str, name: str, ending: str) -> str:
        place = 1
        while posixpath.join(folder, f"{name}{place}{ending}").lstrip("/").casefold() in self._parts:
            place += 1
        return posixpath.join(folder, f"{name}{place}{ending}")

    def _changed(self) -> Element:
        if self._part is None:
            strict = self._workbook.strict
            blank = _BLANK.format(MAIN[strict]).encode()
            self._part = self._parts.put(self._free(self._folder(), "comments", ".xml"), blank)
            set_type(self._parts, self._part, _TYPE)
            relate(self._parts, self._sheet, f"{OFFICE[strict]}/comments", self._part)
        main_space(self._parts.tree(self._part))
        return self._parts.changed(self._part)

    def _add(self, root: Element, cell: str, note: Note) -> None:
        comments, authors = child(root, "commentList"), child(root, "authors")
        if comments is None or authors is None:
            raise PatchError(self._part or "", "lacks authors or comments")
        texts = [author.text or "" for author in children(authors, "author")]
        if note.author not in texts:
            appended(authors, "author", note.author)
            texts.append(note.author)
        element = appended(comments, "comment")
        element.set("ref", cell)
        element.set("authorId", str(texts.index(note.author)))
        comment_text.write(element, note.text)

    def _remove(self, cells: Collection[str]) -> None:
        """Remove comments with their drawings, authors that nobody else is, and parts that hold nothing any more."""
        if not cells:
            return
        root, present = self._changed(), self._elements()
        places = {number(present[cell].get("authorId", "0"), "authorId") for cell in cells}
        for cell in cells:
            removed(present[cell])
        self._redraw(lambda drawing: drawing.erase([position(cell) for cell in cells]))
        comments = children(child(root, "commentList"), "comment")
        used = {number(comment.get("authorId", "0"), "authorId") for comment in comments}
        authors = self._authors()
        while authors and len(authors) - 1 in places - used:
            removed(authors.pop())
        if not comments and self._part is not None:
            part = self._part
            identity = next(each.identity for each in relations_of(self._parts, self._sheet) if each.part == part)
            discard(self._parts, lambda: unrelate(self._parts, self._sheet, identity))
            self._part = None

    def _draw(self, notes: dict[str, Note], present: Collection[str]) -> None:
        layout = Layout(self._parts.sheet(self._sheet))

        def draw(drawing: NotesDrawing) -> None:
            for cell, note in notes.items():
                place = position(cell)
                if drawing.has(*place) and cell in present:
                    drawing.resize(*place, note.size, layout)
                else:
                    drawing.draw(*place, note.size, layout.beside(*place, note.size))

        self._redraw(draw, is_new=True)

    def _redraw(self, change: Callable[[NotesDrawing], object], *, is_new: bool = False) -> None:
        """Change the drawing of the comments; without one nothing, or a new one."""
        part = self._drawing_part()
        if part is None and not is_new:
            return
        drawing = NotesDrawing(None if part is None else self._parts.content(part))
        before = drawing.content
        change(drawing)
        if part is None:
            self._relate_drawing(drawing.content)
        elif not drawing.has_shapes and drawing.content != before:
            self._remove_drawing()
        elif drawing.content != before:
            self._parts.put(self._parts.written(part), drawing.content)

    def _drawing_part(self) -> str | None:
        element = child(self._parts.sheet(self._sheet).root, "legacyDrawing")
        if element is None:
            return None
        relations = {relation.identity: relation for relation in relations_of(self._parts, self._sheet)}
        relation = relations.get(office_id(element))
        if relation is None or relation.part not in self._parts:
            raise PatchError(self._sheet, "a drawing of comments that is not there")
        return relation.part

    def _relate_drawing(self, content: bytes) -> None:
        office = OFFICE[self._workbook.strict]
        folder = posixpath.join(self._folder(), "drawings")
        part = self._parts.put(self._free(folder, "vmlDrawing", ".vml"), content)
        set_type(self._parts, part, TYPE)
        identity = relate(self._parts, self._sheet, f"{office}/vmlDrawing", part)
        root = self._parts.changed_sheet(self._sheet).root
        element = detached_with_id(root, "legacyDrawing", office, identity)
        place_in_order(root, element, ORDER)

    def _remove_drawing(self) -> None:
        element = child(self._parts.changed_sheet(self._sheet).root, "legacyDrawing")
        if element is not None:
            identity = office_id(element)
            removed(element)
            discard(self._parts, lambda: unrelate(self._parts, self._sheet, identity))
