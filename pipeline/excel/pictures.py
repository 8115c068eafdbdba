"""A picture on a sheet."""

import io
from typing import Final, NamedTuple

from pipeline.excel.cells import Sheet, WorkbookFaultError

_MILLIMETRES_A_PIXEL: Final = 25.4 / 96
_POINTS_A_MILLIMETRE: Final = 72 / 25.4


class Picture(NamedTuple):
    """A square PNG, the side in millimetres; ``alt`` is what it says to who cannot see it."""

    png: bytes
    side: float
    alt: str


def put_picture(sheet: Sheet, row: int, column: int, picture: Picture) -> None:
    """Put a picture over a cell, whose row becomes as high.

    Raises:
        WorkbookFaultError: XlsxWriter refused it.
    """
    width = int.from_bytes(picture.png[16:20], "big")  # of the header chunk, which PNG has first
    scale = picture.side / _MILLIMETRES_A_PIXEL / width
    sheet.height(row, (picture.side + 2) * _POINTS_A_MILLIMETRE)
    options = {"image_data": io.BytesIO(picture.png), "x_scale": scale, "y_scale": scale, "description": picture.alt}
    if sheet.worksheet.insert_image(row - 1, column - 1, "picture.png", options) != 0:
        raise WorkbookFaultError(sheet.title, "a picture")
