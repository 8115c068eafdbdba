"""The picture of a seal: a QR code that holds the whole head, for a telephone held against a paper."""

import io
from typing import Final

import segno

from pipeline.seals import Seal

MILLIMETRES: Final = 24
"""The side on paper: 49 modules with the border, half a millimetre each."""
_PIXELS_A_MODULE: Final = 6
_BORDER: Final = 4
"""Blank modules around it (ISO/IEC 18004: four)."""


def picture(seal: Seal) -> bytes:
    """A PNG, black on white; the same seal, the same bytes."""
    drawn = io.BytesIO()
    segno.make_qr(seal.full, error="m", boost_error=False).save(
        drawn, kind="png", scale=_PIXELS_A_MODULE, border=_BORDER
    )
    return drawn.getvalue()
