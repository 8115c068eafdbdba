"""A workbook with one thing changed in its parts: the rest stays byte for byte."""

import html
import io
import re
import zipfile
from collections.abc import Callable

Edit = Callable[[str], str]


def edited(workbook: bytes, part: str, edit: Edit) -> bytes:
    """The same workbook, one part rewritten; the edit must change it."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts, zipfile.ZipFile(made, "w") as kept:
        for entry in parts.infolist():
            content = parts.read(entry)
            if entry.filename == part:
                text = edit(content.decode())
                assert text != content.decode(), f"nothing changed in {part}"
                content = text.encode()
            kept.writestr(zipfile.ZipInfo(entry.filename, entry.date_time), content)
    return made.getvalue()


def part_text(workbook: bytes, part: str) -> str:
    with zipfile.ZipFile(io.BytesIO(workbook)) as parts:
        return parts.read(part).decode()


def part_of(workbook: bytes, number: int) -> str:
    """The part of a sheet by the number that its title begins with."""
    titles = re.findall(r'<sheet name="(\d+) ', part_text(workbook, "xl/workbook.xml"))
    return f"xl/worksheets/sheet{titles.index(str(number)) + 1}.xml"


def replaced(old: str, new: str) -> Edit:
    """The first ``old`` becomes ``new``."""
    return lambda text: text.replace(old, new, 1)


def substituted(pattern: str, new: str, count: int = 1) -> Edit:
    """What a pattern finds becomes ``new``."""
    return lambda text: re.sub(pattern, new, text, count=count, flags=re.DOTALL)


def cell(address: str, kind: str, inside: str) -> Edit:
    """One cell gets another content and keeps its look."""
    pattern = re.compile(rf'<c r="{address}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)', re.DOTALL)
    return lambda text: pattern.sub(lambda found: f'<c r="{address}"{found[1] or ""} t="{kind}">{inside}</c>', text, 1)


def text_cell(address: str, text: str) -> Edit:
    """One cell gets a text."""
    return cell(address, "inlineStr", f"<is><t>{html.escape(text, quote=False)}</t></is>")


def number_cell(address: str, value: float) -> Edit:
    """One cell gets a typed number."""
    return cell(address, "n", f"<v>{value}</v>")


def formula_cell(address: str, formula: str, value: float = 1.0) -> Edit:
    """One cell gets a formula with a number as its value."""
    return cell(address, "n", f"<f>{html.escape(formula, quote=False)}</f><v>{value}</v>")


def blank_cell(address: str) -> Edit:
    """One cell keeps nothing but its look."""
    return substituted(rf'<c r="{address}"( s="\d+")?[^>]*?(?:/>|>.*?</c>)', rf'<c r="{address}"\1/>')
