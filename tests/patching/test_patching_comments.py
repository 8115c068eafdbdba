"""Comments: new ones, words below a sender's own, and off again; discussions in threads are left alone."""

import re

import pytest
from patching_samples import MARK, of_openpyxl, parts_of, plain, rich, with_parts, with_thread

from pipeline.patching import Comment, Note, Package, PatchError, Size

SIZE = Size(340, 100)


def _written(content: bytes, *notes: Note) -> bytes:
    package = Package(content)
    package.worksheets[0].write_comments(notes)
    return package.saved()


def _cut(content: bytes) -> bytes:
    package = Package(content)
    package.worksheets[0].cut_comments(MARK)
    return package.saved()


def _note(cell: str, text: str = MARK) -> Note:
    return Note(cell, text, "QMS", SIZE)


def test_a_new_comment_is_drawn_beside_its_cell() -> None:
    written = _written(plain(), _note("b5", " hai\ndòng\x07 _x0041_ "))
    parts = parts_of(written)
    drawing = parts["xl/drawings/vmlDrawing1.vml"].decode()
    assert "<x:Row>4</x:Row><x:Column>1</x:Column>" in drawing
    assert "width:255pt;height:75pt" in drawing
    assert "<x:Anchor>2, 15, 3, 10, 7, 35, 8, 10</x:Anchor>" in drawing
    (comment,) = Package(written).worksheets[0].comments()
    assert comment == Comment("B5", "QMS", " hai\ndòng\x07 _x0041_ ")


def test_words_go_below_the_sender_s_own_and_the_drawing_grows() -> None:
    written = _written(rich(), _note("B6"), _note("C7"))
    comments = Package(written).worksheets[0].comments()
    assert comments[1] == Comment("B6", "Lan", f"Lời của người gửi\n\n{MARK}")
    assert [comment.cell for comment in comments] == ["C1", "B6", "C7"]
    before, after = (parts_of(content)["xl/drawings/vmlDrawing1.vml"].decode() for content in (rich(), written))
    shapes = re.findall("<v:shape .*?</v:shape>", before, re.DOTALL)
    assert [shape in after for shape in shapes] == [True, False], "the other shape is as it was"
    assert "width:255pt;height:75pt" in after


@pytest.mark.parametrize("content", [rich(), of_openpyxl()])
def test_cut_off_the_drawing_and_the_words_are_byte_for_byte_the_sender_s(content: bytes) -> None:
    cells = [comment.cell for comment in Package(content).worksheets[0].comments()]
    back = parts_of(_cut(_written(content, *map(_note, [*cells, "D9"]))))
    drawings = [name for name in parts_of(content) if name.endswith(".vml")]
    assert [back[name] for name in drawings] == [parts_of(content)[name] for name in drawings]
    assert Package(_cut(_written(content, *map(_note, cells)))).worksheets[0].comments() == (
        Package(content).worksheets[0].comments()
    )


def test_the_sender_s_runs_stay_and_words_merged_with_ours_are_told_apart() -> None:
    runs = "<r><rPr><b/></rPr><t>Đậm</t></r><r><t xml:space='preserve'> thường</t></r>"
    own = re.compile("<text>.*?</text>", re.DOTALL)
    content = with_parts(rich(), {"xl/comments1.xml": lambda text: own.sub(f"<text>{runs}</text>", text, count=1)})
    written = _written(content, _note("C1"))
    assert Package(written).worksheets[0].comments()[0].text == f"Đậm thường\n\n{MARK}"
    assert b"<b/>" in parts_of(written)["xl/comments1.xml"]
    merged = with_parts(
        written, {"xl/comments1.xml": lambda text: text.replace('</t></r><r><t xml:space="preserve">\n\n', "\n\n")}
    )
    back = Package(_cut(merged)).worksheets[0].comments()[0]
    assert back.text == "Đậm thường"


def test_a_discussion_in_threads_is_told_and_not_touched() -> None:
    package = Package(with_thread())
    worksheet = package.worksheets[0]
    assert [comment.cell for comment in worksheet.comments() if comment.is_threaded] == ["B6"]
    for change in (
        lambda: worksheet.write_comments([_note("A1"), _note("B6")]),
        lambda: worksheet.remove_comment("B6"),
        lambda: worksheet.resize_comment("B6", SIZE),
    ):
        with pytest.raises(PatchError, match="threads"):
            change()
    assert worksheet.cut_comments("Lời") == []
    assert package.saved() == with_thread()


def test_a_removed_comment_takes_author_drawing_and_parts_along() -> None:
    package = Package(rich())
    assert package.worksheets[0].remove_comment("$B$6")
    assert package.worksheets[0].remove_comment("C1")
    parts = parts_of(package.saved())
    assert [name for name in parts if "omments" in name or name.endswith(".vml")] == []
    assert b"comments" not in parts["[Content_Types].xml"]
    assert b"legacyDrawing" not in parts["xl/worksheets/sheet1.xml"]


def test_a_comment_gets_another_size() -> None:
    package = Package(rich())
    package.worksheets[0].resize_comment("C1", Size(400, 200))
    assert b"width:300pt;height:150pt" in parts_of(package.saved())["xl/drawings/vmlDrawing1.vml"]
    with pytest.raises(PatchError, match="no comment"):
        package.worksheets[0].resize_comment("J9", SIZE)


def test_shapes_that_are_no_xml_stay_as_they_are() -> None:
    button = '<v:shape id="b1" type="#x"><v:textbox>Một<br>Hai</v:textbox><x:ClientData ObjectType="Button"/></v:shape>'
    content = with_parts(
        rich(), {"xl/drawings/vmlDrawing1.vml": lambda text: text.replace("</xml>", f"{button}</xml>")}
    )
    written = _written(content, _note("A1"))
    assert button.encode() in parts_of(written)["xl/drawings/vmlDrawing1.vml"]
    assert parts_of(_cut(written))["xl/drawings/vmlDrawing1.vml"] == parts_of(content)["xl/drawings/vmlDrawing1.vml"]


def test_a_thousand_comments_are_drawn_each_once() -> None:
    written = _written(plain(), *(_note(f"A{row}") for row in range(1, 1001)))
    numbers = re.findall(rb'id="_x0000_s(\d+)"', parts_of(written)["xl/drawings/vmlDrawing1.vml"])
    assert len(set(numbers)) == 1000


@pytest.mark.parametrize("notes", [("A1", "a1"), ("A0",), ("XFE1",), ("A1:B2",)])
def test_what_is_no_cell_or_twice_the_same_is_refused(notes: tuple[str, ...]) -> None:
    with pytest.raises(PatchError):
        _written(plain(), *map(_note, notes))


def test_half_a_sign_is_refused() -> None:
    with pytest.raises(PatchError, match="Unicode"):
        _written(plain(), _note("A1", "\ud800"))


def test_at_the_edge_of_the_sheet_a_comment_stays_within() -> None:
    drawing = parts_of(_written(plain(), _note("XFD1048576")))["xl/drawings/vmlDrawing1.vml"]
    (corners,) = re.findall(rb"<x:Anchor>([^<]*)<", drawing)
    left, _, top, _, right, _, bottom, _ = map(int, corners.split(b","))
    assert left < right <= 16383
    assert top < bottom <= 1048575
