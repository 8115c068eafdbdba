"""Mutated packages of good workbooks: by a seed one of some sixty edits, of the zip, of its parts, of their XML.

What is made is often no workbook at all; what matters is that our reader returns it, or reads what openpyxl reads.
"""

import random
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from intake_zips import Entry, entries_of, zipped

Edit = Callable[[random.Random, "Package"], None]

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
WORKBOOK = "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
TYPES = "[Content_Types].xml"

_INDEXES = ("-1", "1e3", "+1", " 1", "01", "99999", "1.0", "", "\u0661", "1_0", "0x1", "1 ")
_NUMBERS = (
    "1e3",
    "0x10",
    "1_000",
    " 5",
    "1,5",
    "5abc",
    "--5",
    "1e999",
    "NaN",
    "\u0663",
    ".5",
    "5.",
    "+5",
    "1e+2",
    "",
    "inf",
)
_REFERENCES = ("A0", "a1", "$A$1", "A01", "A1:B1", "1A", "", "XFE1", "A1048577", " A1", "B2", "R1C1", "\u0410\u0031")
_TYPES = ("s", "n", "b", "e", "str", "inlineStr", "d", "x", "")
_ERRORS = ("#SPILL!", "#CALC!", "#BUSY!", "#FIELD!", "#GETTING_DATA", "#PYTHON!", "foo", "#REF!", "#N/A ", "")
_CUTS = ("<!-- -->", "<?x y?>", "<![CDATA[7]]>", "&#49;", "<x/>", "<v>9</v>", "\n", "&#x31;", "<![CDATA[]]>")
_BAD_BYTES = (b"\x01", b"\x00", b"\x0b", b"\xff", b"\xc3", b"\xef\xbf\xbf", b"&", b"<", b"&x;", b"\xef\xbb\xbf")


@dataclass
class Package:
    """The entries of a zip in their order, to be edited in place, and what is done to the bytes afterwards."""

    entries: list[Entry]
    after: Callable[[bytes], bytes] | None = None
    comment: bytes = b""
    notes: dict[str, str] = field(default_factory=dict)

    def named(self, name: str) -> Entry:
        """The entry of a part; any other when there is none of that name."""
        return next((entry for entry in self.entries if entry.name == name), self.entries[0])

    def content(self) -> bytes:
        """The bytes of the package."""
        made = zipped(self.entries, self.comment)
        return self.after(made) if self.after else made


def replaced(entry: Entry, pattern: bytes, by: Callable[[re.Match[bytes]], bytes], chance: random.Random) -> None:
    """Replace one of the places in a part that match."""
    found = list(re.finditer(pattern, entry.content, re.DOTALL))
    if found:
        one = chance.choice(found)
        entry.content = entry.content[: one.start()] + by(one) + entry.content[one.end() :]


# ── the zip ───────────────────────────────────────────────────────────────────────────────────────────────────────


def _other(content: bytes) -> bytes:
    """Another part that could be read as well: every figure is another one."""
    return re.sub(rb"<v>(\d)", lambda found: b"<v>%d" % ((int(found[1]) + 1) % 10), content)


def _twin(chance: random.Random, package: Package) -> None:
    entry = chance.choice(package.entries)
    spelled: tuple[Callable[[str], str], ...] = (
        str.upper,
        str.swapcase,
        lambda name: name.replace("/", "\\"),
        lambda name: "/" + name,
        lambda name: name.replace("e", "%65"),
        lambda name: name.replace("/", "//"),
        lambda name: "./" + name,
        lambda name: name.replace("/", "/../xl/", 1),
    )
    twin = Entry(chance.choice(spelled)(entry.name), _other(entry.content))
    package.entries.insert(chance.randrange(len(package.entries) + 1), twin)


def _twice(chance: random.Random, package: Package) -> None:
    entry = chance.choice(package.entries)
    package.entries.insert(chance.randrange(len(package.entries) + 1), Entry(entry.name, _other(entry.content)))


def _renamed(chance: random.Random, package: Package) -> None:
    entry = chance.choice(package.entries)
    entry.name = chance.choice((entry.name.upper(), entry.name.replace("/", "\\"), "/" + entry.name, entry.name + "x"))


def _reordered(chance: random.Random, package: Package) -> None:
    chance.shuffle(package.entries)


def _gone(chance: random.Random, package: Package) -> None:
    package.entries.remove(chance.choice(package.entries))


def _local(chance: random.Random, package: Package) -> None:
    entry = chance.choice(package.entries)
    entry.local = {chance.choice(("flags", "method", "crc", "stored", "inflated", "name")): chance.randrange(1, 9)}


def _directory(chance: random.Random, package: Package) -> None:
    entry = chance.choice(package.entries)
    names = ("flags", "method", "crc", "stored", "inflated", "name", "offset")
    entry.directory = {chance.choice(names): chance.randrange(1, 9)}


def _overlapping(chance: random.Random, package: Package) -> None:
    one, other = chance.sample(package.entries, 2)
    one.lies_at = other


def _gap(chance: random.Random, package: Package) -> None:
    chance.choice(package.entries).before = chance.randbytes(chance.randrange(1, 40))


def _descriptor(chance: random.Random, package: Package) -> None:
    for entry in package.entries:
        entry.descriptor = chance.choice(
            ("signed", "bare", "long", "none", "wrong" if chance.random() < 0.2 else "none")
        )


def _stored(chance: random.Random, package: Package) -> None:
    for entry in package.entries:
        entry.deflated = chance.random() < 0.5


def _comment(chance: random.Random, package: Package) -> None:
    package.comment = chance.randbytes(9) + (b"PK\x05\x06" + bytes(18) if chance.random() < 0.5 else b"")


def _appended(chance: random.Random, package: Package) -> None:
    package.after = lambda content: content + chance.randbytes(chance.randrange(1, 60))


def _prepended(chance: random.Random, package: Package) -> None:
    package.after = lambda content: b"PK\x03\x04" + chance.randbytes(chance.randrange(60)) + content


def _truncated(chance: random.Random, package: Package) -> None:
    package.after = lambda content: content[: chance.randrange(len(content))]


def _two_zips(_: random.Random, package: Package) -> None:
    package.after = lambda content: content + content


def _bits(chance: random.Random, package: Package) -> None:
    def flipped(content: bytes) -> bytes:
        made = bytearray(content)
        for _ in range(chance.randrange(1, 4)):
            made[chance.randrange(len(made))] ^= 1 << chance.randrange(8)
        return bytes(made)

    package.after = flipped


# ── the package ───────────────────────────────────────────────────────────────────────────────────────────────────


def _retargeted(chance: random.Random, package: Package) -> None:
    targets = (
        b"worksheets/sheet2.xml", b"worksheets/none.xml", b"../../../etc/passwd", b"http://x/y.xml", b"styles.xml",
        b"/xl/worksheets/sheet2.xml", b"WORKSHEETS/SHEET1.XML", b"./worksheets/sheet1.xml", b"worksheets\\sheet1.xml",
        b"../xl/worksheets/sheet1.xml", b"worksheets/%73heet1.xml", b"",
    )  # fmt: skip
    target = chance.choice(targets)
    replaced(package.named(RELATIONS), rb'Target="[^"]*"', lambda _: b'Target="' + target + b'"', chance)


def _relation_twice(chance: random.Random, package: Package) -> None:
    new = chance.choice((b'Id="x1"', b'Id="rId1"', b'Id="rId2"'))
    replaced(
        package.named(chance.choice((RELATIONS, "_rels/.rels"))),
        rb"<Relationship [^>]*/>",
        lambda found: found[0] + re.sub(rb'Id="[^"]*"', new, found[0]),
        chance,
    )


def _relation_gone(chance: random.Random, package: Package) -> None:
    replaced(package.named(RELATIONS), rb"<Relationship [^>]*/>", lambda _: b"", chance)


def _retyped(chance: random.Random, package: Package) -> None:
    kinds = (b"worksheet", b"chartsheet", b"styles", b"sharedStrings", b"theme", b"officeDocument", b"x")
    entry = package.named(chance.choice((RELATIONS, "_rels/.rels")))
    replaced(entry, rb'(Type="[^"]*/)\w+"', lambda found: found[1] + chance.choice(kinds) + b'"', chance)


def _external(chance: random.Random, package: Package) -> None:
    replaced(package.named(RELATIONS), rb"<Relationship ", lambda found: found[0] + b'TargetMode="External" ', chance)


def _moved(chance: random.Random, package: Package) -> None:
    """A part under another name, with its relation and its type, and sometimes a decoy where it was."""
    entry = package.named(chance.choice((STRINGS, "xl/styles.xml", SHEET, WORKBOOK)))
    old, content = entry.name.removeprefix("xl/").encode(), entry.content
    new = old.replace(b".xml", b"7.xml")
    for name in (RELATIONS, TYPES, "_rels/.rels"):
        package.named(name).content = package.named(name).content.replace(old, new)
    if entry.name == WORKBOOK:
        package.named(RELATIONS).name = "xl/_rels/workbook7.xml.rels"
    old_name, entry.name = entry.name, entry.name.replace(".xml", "7.xml")
    if chance.random() < 0.5:
        package.entries.append(Entry(old_name, content.replace(b"<t>", b"<t>decoy ")))


def _typed(chance: random.Random, package: Package) -> None:
    kinds = (b"worksheet+xml", b"sheet.main+xml", b"styles+xml", b"sharedStrings+xml", b"template.main+xml", b"x")
    entry, kind = package.named(TYPES), chance.choice(kinds)
    replaced(entry, rb"(spreadsheetml\.)[\w.]+\+xml", lambda found: found[1] + kind, chance)


def _untyped(chance: random.Random, package: Package) -> None:
    replaced(package.named(TYPES), rb"<(?:Override|Default) [^>]*/>", lambda _: b"", chance)


def _typed_twice(chance: random.Random, package: Package) -> None:
    replaced(package.named(TYPES), rb"<(?:Override|Default) [^>]*/>", lambda found: found[0] * 2, chance)


def _sheet_listed(chance: random.Random, package: Package) -> None:
    edits: tuple[Callable[[re.Match[bytes]], bytes], ...] = (
        lambda found: found[0] * 2,
        lambda found: found[0] + found[0].replace(b'name="', b'name="x'),
        lambda found: re.sub(rb'sheetId="\d+"', b'sheetId="2"', found[0]),
        lambda found: re.sub(rb'r:id="[^"]*"', b'r:id="rId2"', found[0]),
        lambda found: re.sub(rb'name="[^"]*"', b'name="hai"', found[0]),
        lambda found: re.sub(rb'name="[^"]*"', b'name="HAI"', found[0]),
        lambda found: found[0].replace(b"<sheet ", b'<sheet xmlns:q="q" q:id="rId2" '),
        lambda found: b'<q:sheet xmlns:q="q" name="q" sheetId="9" r:id="rId1"/>' + found[0],
        lambda _: b"",
    )
    replaced(package.named(WORKBOOK), rb"<sheet [^>]*/>", chance.choice(edits), chance)


def _date_system(chance: random.Random, package: Package) -> None:
    flag = chance.choice((b"1", b"true", b"on", b"0", b"x"))
    words = b'<workbookPr date1904="' + flag + b'"/>' + chance.choice((b"", b'<q:workbookPr xmlns:q="q"/>'))
    replaced(package.named(WORKBOOK), rb"<workbookPr[^>]*/>", lambda _: words, chance)


# ── the XML ───────────────────────────────────────────────────────────────────────────────────────────────────────

_CELL = rb"<c [^>]*?(?:/>|>.*?</c>)"
_ROW = rb"<row [^>]*?(?:/>|>.*?</row>)"


def _doubled(pattern: bytes) -> Edit:
    def edit(chance: random.Random, package: Package) -> None:
        replaced(package.named(SHEET), pattern, lambda found: found[0] + _other(found[0]), chance)

    return edit


def _swapped(pattern: bytes) -> Edit:
    def edit(chance: random.Random, package: Package) -> None:
        entry = package.named(SHEET)
        found = list(re.finditer(pattern, entry.content, re.DOTALL))
        if len(found) > 1:
            one, other = sorted(chance.sample(found, 2), key=lambda match: match.start())
            before, between, behind = (
                entry.content[: one.start()],
                entry.content[one.end() : other.start()],
                other.end(),
            )
            entry.content = before + other[0] + between + one[0] + entry.content[behind:]

    return edit


def _attribute(pattern: bytes, values: tuple[str, ...]) -> Edit:
    def edit(chance: random.Random, package: Package) -> None:
        value = chance.choice(values).encode()
        replaced(package.named(SHEET), pattern, lambda found: found[1] + value + found[2], chance)

    return edit


def _dropped(pattern: bytes) -> Edit:
    def edit(chance: random.Random, package: Package) -> None:
        replaced(package.named(SHEET), pattern, lambda found: found[1], chance)

    return edit


def _cut(chance: random.Random, package: Package) -> None:
    """Something between the letters of a value, or of a text."""
    entry = package.named(chance.choice((SHEET, SHEET, STRINGS)))
    piece = chance.choice(_CUTS).encode()
    replaced(entry, rb"(<[vt][^>/]*>)([^<]*)", lambda found: found[1] + _inserted(chance, found[2], piece), chance)


def _inserted(chance: random.Random, content: bytes, piece: bytes) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] + piece + content[at:]


def _spaced(chance: random.Random, package: Package) -> None:
    replaced(
        package.named(SHEET), rb"<v>([^<]*)</v>", lambda found: b'<v xml:space="preserve"> %b </v>' % found[1], chance
    )


def _strayed(chance: random.Random, package: Package) -> None:
    """A whole element where none belongs, of our namespace or another one."""
    pieces = (
        b'<c r="Z9"><v>7</v></c>', b'<row r="9"><c r="A9"><v>7</v></c></row>', b"<v>7</v>", b"<is><t>x</t></is>",
        b'<q:c xmlns:q="q" r="A1"><v>7</v></q:c>', b'<q:v xmlns:q="q">7</q:v>', b"<f>1+1</f>", b"<sheetData/>",
        b'<sheetData><row r="1"><c r="A1"><v>7</v></c></row></sheetData>', b"<extLst/>", b"<t>7</t>",
        b'<q:sheetData xmlns:q="q"><row r="1"><c r="A1"><v>7</v></c></row></q:sheetData>', b"<si><t>x</t></si>",
        b"<r><t>7</t></r>", b'<rPh sb="0" eb="1"><t>x</t></rPh>',
    )  # fmt: skip
    entry = package.named(chance.choice((SHEET, SHEET, STRINGS)))
    replaced(entry, rb">", lambda _: b">" + chance.choice(pieces), chance)


def _wrapped(chance: random.Random, package: Package) -> None:
    """A cell, a row or the data within another element."""
    outer = chance.choice((b"row", b"q", b"extLst", b"is", b"sheetData"))
    pattern = chance.choice((_CELL, _ROW, rb"<sheetData>.*</sheetData>", rb"<v>.*?</v>"))
    replaced(package.named(SHEET), pattern, lambda found: b"<%b>%b</%b>" % (outer, found[0], outer), chance)


def _declared(chance: random.Random, package: Package) -> None:
    words = chance.choice(
        (
            b'<!DOCTYPE x [<!ENTITY a "7">]>', b'<?xml version="1.0" encoding="UTF-16"?>',
            b'<?xml version="1.0" encoding="ISO-8859-1"?>', b'<?xml version="1.1"?>', b"\xef\xbb\xbf", b"<!-- x -->",
            b'<?xml version="1.0" encoding="windows-1258"?>',
        )
    )  # fmt: skip
    entry = chance.choice(package.entries)
    entry.content = words + re.sub(rb"\A<\?xml.*?\?>", b"", entry.content)


def _recoded(chance: random.Random, package: Package) -> None:
    entry = package.named(chance.choice((SHEET, STRINGS, WORKBOOK, RELATIONS, "docProps/core.xml")))
    text = re.sub(r"\A<\?xml.*?\?>", "", entry.content.decode())
    entry.content = text.encode(chance.choice(("utf-16", "utf-16-le", "utf-8-sig", "utf-32")))


def _namespaced(chance: random.Random, package: Package) -> None:
    spaces = (b"urn:x", b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"")
    entry = package.named(chance.choice((SHEET, STRINGS, WORKBOOK, "xl/styles.xml")))
    replaced(entry, rb'xmlns="[^"]*"', lambda _: b'xmlns="' + chance.choice(spaces) + b'"', chance)


def _prefixed(chance: random.Random, package: Package) -> None:
    entry = package.named(chance.choice((SHEET, STRINGS, WORKBOOK, "xl/styles.xml")))
    entry.content = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1q:", entry.content).replace(b" xmlns=", b" xmlns:q=", 1)


def _bad_byte(chance: random.Random, package: Package) -> None:
    entry = chance.choice(package.entries)
    entry.content = _inserted(chance, entry.content, chance.choice(_BAD_BYTES))


def _tag(chance: random.Random, package: Package) -> None:
    """One tag less, one more, or two in each other's place."""
    entry = package.named(chance.choice((SHEET, STRINGS, WORKBOOK, RELATIONS, TYPES, "xl/styles.xml")))
    pieces = re.split(rb"(<[^>]*>)", entry.content)
    one, other = chance.randrange(1, len(pieces), 2), chance.randrange(1, len(pieces), 2)
    match chance.randrange(3):
        case 0:
            del pieces[one]
        case 1:
            pieces.insert(one, pieces[other])
        case _:
            pieces[one], pieces[other] = pieces[other], pieces[one]
    entry.content = b"".join(pieces)


def _element(chance: random.Random, package: Package) -> None:
    """One childless element less, or twice."""
    entry = package.named(chance.choice((SHEET, STRINGS, WORKBOOK, RELATIONS, TYPES, "xl/styles.xml")))
    replaced(entry, rb"<(\w+)[^>]*/>|<(\w+)[^>]*>[^<]*</\2>", lambda found: found[0] * chance.choice((0, 2)), chance)


def _letter(chance: random.Random, package: Package) -> None:
    entry = package.named(chance.choice((SHEET, STRINGS, WORKBOOK, RELATIONS, TYPES, "xl/styles.xml")))
    at = chance.randrange(len(entry.content))
    entry.content = entry.content[:at] + bytes([chance.choice(b'0123456789abcrstvABC <>"/=')]) + entry.content[at + 1 :]


def _as_it_is(_: random.Random, package: Package) -> None:
    """Nothing: this one must be read."""
    package.notes["must be read"] = "yes"


EDITS: Mapping[str, Edit] = {
    "as it is": _as_it_is,
    "twin": _twin,
    "entry twice": _twice,
    "renamed": _renamed,
    "reordered": _reordered,
    "part gone": _gone,
    "local header": _local,
    "directory": _directory,
    "overlapping": _overlapping,
    "gap": _gap,
    "descriptors": _descriptor,
    "stored": _stored,
    "comment": _comment,
    "appended": _appended,
    "prepended": _prepended,
    "truncated": _truncated,
    "two zips": _two_zips,
    "bits": _bits,
    "retargeted": _retargeted,
    "relation twice": _relation_twice,
    "relation gone": _relation_gone,
    "relation retyped": _retyped,
    "external": _external,
    "moved": _moved,
    "content type": _typed,
    "content type gone": _untyped,
    "content type twice": _typed_twice,
    "sheets listed": _sheet_listed,
    "date system": _date_system,
    "cell twice": _doubled(_CELL),
    "row twice": _doubled(_ROW),
    "cells swapped": _swapped(_CELL),
    "rows swapped": _swapped(_ROW),
    "cell address": _attribute(rb'(<c r=")[^"]*(")', _REFERENCES),
    "row number": _attribute(rb'(<row r=")[^"]*(")', ("0", "1", "2", "01", "-1", "x", "1048577", " 1", "3.0", "")),
    "cell unaddressed": _dropped(rb'(<c) r="[^"]*"'),
    "row unnumbered": _dropped(rb'(<row) r="[^"]*"'),
    "cell untyped": _dropped(rb'(<c r="[^"]*"[^>]*?) t="[^"]*"'),
    "cell type": _attribute(rb'(<c [^>]*?t=")[^"]*(")', _TYPES),
    "cell style": _attribute(rb'(<c [^>]*?s=")[^"]*(")', ("99", "-1", "x", "0", "1", "2", "")),
    "string index": _attribute(rb'(<c [^>]*t="s"[^>]*><v>)[^<]*(</v>)', _INDEXES),
    "number": _attribute(rb"(<c (?:(?!t=)[^>])*><v>)[^<]*(</v>)", _NUMBERS),
    "boolean": _attribute(
        rb'(<c [^>]*t="b"[^>]*>(?:<f>[^<]*</f>)?<v>)[^<]*(</v>)', ("true", "false", "2", "", "0", " 1")
    ),
    "error": _attribute(rb'(<c [^>]*t="e"[^>]*>(?:<f>[^<]*</f>)?<v>)[^<]*(</v>)', _ERRORS),
    "cut": _cut,
    "spaced": _spaced,
    "stray": _strayed,
    "wrapped": _wrapped,
    "declared": _declared,
    "recoded": _recoded,
    "namespace": _namespaced,
    "prefixed": _prefixed,
    "bad byte": _bad_byte,
    "tag": _tag,
    "element": _element,
    "letter": _letter,
}


def mutant(base: bytes, seed: int) -> tuple[str, bytes]:
    """The name of the edit, and the package that it makes of ``base``; a quarter are edited twice."""
    chance = random.Random(seed)  # noqa: S311 - a test's seed
    package = Package(entries_of(base))
    names = chance.sample(sorted(EDITS), 2 if chance.random() < 0.25 else 1)
    for name in names:
        EDITS[name](chance, package)
    return " + ".join(names), package.content()
