"""The second reader: accepted originals read again by libraries that share nothing with the first reader.

The first reader is calamine with our own scan of formats (``intake``). Here .xlsx and .xlsm go through openpyxl, .xls
through xlrd, .ods through a small reader of our own over the standard library (decision 0014). It hands on the same raw
cells, so that the same parser reads both; a value that the two readers see differently shows up in the audit.
"""

import io
import zipfile

from pipeline.second_reader.bounds import MAX_INFLATED, NotReadAgainError, Room
from pipeline.second_reader.libraries import read_xls, read_xlsx
from pipeline.second_reader.open_document import read_ods
from pipeline.spreadsheet import RawWorkbook

__all__ = ["NotReadAgainError", "NotServedError", "read_again"]

_ZIP = b"PK\x03\x04"


class NotServedError(Exception):
    """There is no second reader for this kind of workbook (.xlsb)."""


def read_again(content: bytes) -> RawWorkbook:
    """The worksheets of a workbook in their order, with number formats where the first reader has none (.xls, .ods).

    Kinds are told apart by content. At most 3,000 rows and 200 columns of a sheet are read, as by the first reader, and
    200,000 cells of a workbook.

    Raises:
        NotServedError: a kind that has no second reader.
        NotReadAgainError: the bytes are damaged or pass a bound.
    """
    try:
        return _read(content, Room())
    except (NotServedError, NotReadAgainError, MemoryError):
        raise
    except Exception as damage:  # the libraries meet damage with whatever their code stumbles over
        message = f"{type(damage).__name__}: {damage}"
        raise NotReadAgainError(message) from damage


def _read(content: bytes, room: Room) -> RawWorkbook:
    if not content.startswith(_ZIP):
        return read_xls(content, room)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {info.filename.replace("\\", "/").casefold(): info for info in archive.infolist()}
        if sum(info.file_size for info in parts.values()) > MAX_INFLATED:
            message = "inflates to more than 200 MiB"
            raise NotReadAgainError(message)
        if "content.xml" in parts:
            with archive.open(parts["content.xml"]) as part:
                return read_ods(part, room)
    if "xl/workbook.bin" in parts:
        raise NotServedError
    return read_xlsx(content, room)
