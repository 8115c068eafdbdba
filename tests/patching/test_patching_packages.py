"""The zip and what a change breaks: raw entries, signatures, macros, and the refusal of what cannot be patched."""

import io
import random
import re
import zipfile
from pathlib import Path

import pytest
from lxml import etree
from patching_samples import (
    SAMPLES,
    marked,
    moved,
    package_of,
    parts_of,
    plain,
    raw_parts,
    rich,
    template,
    unmarked,
    with_macros,
    with_parts,
    with_signature,
    with_thread,
)

from pipeline.patching import Breakage, Package, PatchError

_MUTANTS = 100


def _streamed(parts: dict[str, bytes]) -> bytes:
    """A zip as programs write it that cannot go back: sizes in descriptors behind the content, some entries stored."""

    class Unseekable(io.RawIOBase):
        def __init__(self) -> None:
            self.pieces: list[bytes] = []

        def writable(self) -> bool:
            return True

        def write(self, piece: bytes) -> int:
            self.pieces.append(bytes(piece))
            return len(piece)

    stream = Unseekable()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, (name, content) in enumerate(parts.items()):
            info = zipfile.ZipInfo(name, (2021, 3, 4, 5, 6, 8))
            info.extra = b"\x20\xa2\x02\x00\x00\x00"
            archive.writestr(info, content, zipfile.ZIP_STORED if place % 3 == 0 else zipfile.ZIP_DEFLATED)
    return b"".join(stream.pieces)


def test_entries_with_descriptors_and_stored_ones_keep_their_bytes() -> None:
    content = _streamed(parts_of(rich()))
    answer = marked(content)
    before, after = raw_parts(content), raw_parts(answer)
    kept = [name for name in before if before[name] == after[name]]
    assert "xl/media/image1.png" in kept
    assert "xl/sharedStrings.xml" in kept
    with zipfile.ZipFile(io.BytesIO(answer)) as archive:
        assert archive.testzip() is None
        assert [info.flag_bits & 8 for info in archive.infolist()] == [0] * len(archive.infolist())
        moments = {info.filename: info.date_time for info in archive.infolist()}
    assert moments["xl/media/image1.png"] == (2021, 3, 4, 5, 6, 8)
    assert moments["xl/workbook.xml"] == (1980, 1, 1, 0, 0, 0)


def test_parts_in_other_folders_are_found_by_relations_and_new_ones_stand_beside_them() -> None:
    added = parts_of(marked(moved(plain()))).keys() - parts_of(moved(plain())).keys()
    assert all(name.startswith("Bảng Tính/Ö/") for name in added)


def test_a_signature_breaks_and_is_told() -> None:
    package = Package(with_signature())
    assert package.broken == ()
    package.worksheets[0].put({"A1": 1})
    assert package.broken == (Breakage.SIGNATURE,)
    parts = parts_of(package.saved())
    assert [name for name in parts if "xmlsignatures" in name] == []
    assert b"digital-signature" not in parts["_rels/.rels"]
    assert package.broken == (Breakage.SIGNATURE,)


def test_macros_go_on_request_alone() -> None:
    assert "xl/vbaProject.bin" in parts_of(marked(with_macros()))
    package = Package(with_macros())
    package.drop_macros()
    parts = parts_of(package.saved())
    assert package.broken == (Breakage.MACROS,)
    assert "xl/vbaProject.bin" not in parts
    assert b"macroEnabled" not in parts["[Content_Types].xml"]
    assert parts["xl/workbook.xml"] == parts_of(with_macros())["xl/workbook.xml"]


def test_without_macros_nothing_is_dropped() -> None:
    package = Package(plain())
    package.drop_macros()
    assert (package.saved(), package.broken) == (plain(), ())


def test_a_file_is_opened(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(plain())
    assert [sheet.title for sheet in Package.opened(tmp_path / "a.xlsx").worksheets] == ["Một", "Hai"]
    with pytest.raises(FileNotFoundError):
        Package.opened(tmp_path / "b.xlsx")


def _twins() -> bytes:
    stream = io.BytesIO(plain())
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr("XL/workbook.XML", b"<x/>")
    return stream.getvalue()


def _encrypted() -> bytes:
    at = plain().index(b"PK\x01\x02") + 8
    return plain()[:at] + b"\x01" + plain()[at + 1 :]


def _squeezed() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_BZIP2) as archive:
        for name, content in parts_of(plain()).items():
            archive.writestr(name, content)
    return stream.getvalue()


def _damaged() -> bytes:
    at = plain().index(b"xl/workbook.xml") + 60
    return plain()[:at] + b"\xff" + plain()[at + 1 :]


_ENTITY = '<!DOCTYPE x [<!ENTITY a "a">]><worksheet'
_REFUSED = {
    "no zip": lambda: b"no zip",
    "cut off": lambda: plain()[:-30],
    "twins": _twins,
    "encrypted": _encrypted,
    "squeezed": _squeezed,
    "damaged": _damaged,
    "no workbook": lambda: package_of({"a.xml": b"<a/>"}),
    "a letter": lambda: package_of({"_rels/.rels": b"<Relationships/>", "[Content_Types].xml": b"<Types/>"}),
    "document type": lambda: with_parts(
        plain(), {"xl/worksheets/sheet1.xml": lambda text: text.replace("<worksheet", _ENTITY, 1)}
    ),
    "not well formed": lambda: with_parts(plain(), {"xl/worksheets/sheet1.xml": "<worksheet"}),
    "no xml": lambda: with_parts(plain(), {"xl/workbook.xml": "workbook"}),
    "no cells": lambda: with_parts(plain(), {"xl/worksheets/sheet1.xml": "<worksheet/>"}),
    "sheet missing": lambda: package_of(
        {name: body for name, body in parts_of(plain()).items() if name != "xl/worksheets/sheet1.xml"}
    ),
    "no number": lambda: with_parts(
        plain(), {"xl/workbook.xml": lambda text: text.replace('sheetId="1"', 'sheetId="x"')}
    ),
    "one title twice": lambda: with_parts(plain(), {"xl/workbook.xml": lambda text: text.replace("Hai", "MỘT")}),
}


@pytest.mark.parametrize("kind", _REFUSED)
def test_what_cannot_be_patched_is_refused(kind: str) -> None:
    with pytest.raises(PatchError):
        marked(_REFUSED[kind]())


def _mutant(parts: dict[str, bytes], chance: random.Random) -> bytes:
    """The package with one thing wrong in one part: an attribute or element gone, doubled or nonsense."""
    xml = sorted(name for name in parts if name.endswith((".xml", ".rels")) and "theme" not in name)
    name = chance.choice(xml)
    root = etree.fromstring(parts[name])
    element = chance.choice([each for each in root.iter() if isinstance(each.tag, str)])
    keys = sorted(element.attrib)
    match chance.randrange(6):
        case 0 if keys:
            del element.attrib[chance.choice(keys)]
        case 1 if keys:
            element.set(chance.choice(keys), chance.choice(["", "-1", "x", "99999999999", "1.5", "A1:B2", "../../.."]))
        case 2 if element.getparent() is not None:
            element.getparent().remove(element)
        case 3:
            element.insert(0, chance.choice([etree.Comment("x"), etree.ProcessingInstruction("x", "y")]))
        case 4:
            element.text = chance.choice(["", "-7", "nonsense", "1e400"])
        case _:
            element.tag = chance.choice(["x", "{urn:x}c", element.tag + "x"])
    return package_of({**parts, name: etree.tostring(root)})


def test_whatever_is_wrong_inside_it_is_patched_or_refused_and_nothing_else() -> None:
    chance, refusals = random.Random(20261130), list[str]()  # noqa: S311
    originals = [parts_of(content) for content in (with_thread(), marked(rich()))]
    for place in range(_MUTANTS):
        content = _mutant(originals[place % 2], chance)
        try:
            for worksheet in Package(content).worksheets:
                worksheet.put({"A1": 1})
            answer = unmarked(content) if place % 2 else unmarked(marked(content))
        except PatchError as refusal:
            refusals.append(str(refusal))
        else:
            assert zipfile.ZipFile(io.BytesIO(answer)).testzip() is None
    assert 4 < len(refusals) < _MUTANTS - 4
    assert [refusal for refusal in refusals if not re.search(": .", refusal)] == []


def test_the_samples_are_what_they_say() -> None:
    assert {kind for kind, build in SAMPLES.items() if Package(build()).saved() != build()} == set()
    assert len(template("BM-01")) > 30_000
