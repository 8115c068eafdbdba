"""The pictures of the README and the guides, taken anew: ``python -m docs.pictures``.

Builds the demo in a temporary folder, has LibreOffice print the committee's workbook, a book of receipts, a marked
copy, a letter, the covering report and the forms, and keeps pages of them as PNG: of the workbook the first page of
every sheet, of the forms every sheet. Needs ``soffice``, ``pdftoppm`` and ``pdftotext`` (Debian: libreoffice-calc,
libreoffice-writer, poppler-utils).
"""

import datetime as dt
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Final

from docs.form_pictures import SHOWN, form_workbooks
from docs.small_png import write_small_png
from pipeline.demo import replay
from pipeline.desk.correspondence import remind
from pipeline.settings import Period
from pipeline.workspace import Workspace, load_settings

IMAGES = Path(__file__).parent / "images"
LAST_NIGHT, PERIOD = dt.datetime(2019, 11, 14, 9, 0), "2019-CN"
COMMITTEE: Final = f"outbox/tong_hop/{PERIOD}.xlsx"
SHEETS: Final = {
    "1 Tổng quan": "tong-quan",
    "2 Tình hình nộp": "tinh-hinh-nop",
    "3 Kết quả mục tiêu": "ket-qua-muc-tieu",
    "4 Không đạt": "khong-dat",
    "5 Kế hoạch": "ke-hoach",
    "6 Mục tiêu chung": "muc-tieu-chung",
    "7 Phổ biến CSCL": "pho-bien-cscl",
    "8 Công bố HTQLCL": "cong-bo-htqlcl",
    "9 Xu hướng": "xu-huong",
    "10 Đối chiếu": "doi-chieu",
    "11 Nguồn": "nguon",
    "12 Ghi chú": "ghi-chu",
}
"""Each sheet of the committee's workbook, whose title stands at the foot of its pages, to its picture."""
OTHERS: Final = {
    "outbox/phan_hoi/NCC/So_tiep_nhan.xlsx": "so-tiep-nhan",
    "outbox/phan_hoi/GDNN/MTCL GDNN__*.xlsx": "viec-can-sua",
    f"outbox/thu_nhac/{PERIOD}/LDTL.docx": "thu-nhac",
    f"outbox/bao_cao/{PERIOD}.docx": "bao-cao",
}
"""Document of the demo (the only one of that pattern) to the picture of its first page."""
_DOTS: Final = 110
"""Dots an inch: an A4 page stays below 150 kB and can be read."""


def main() -> None:
    """Take every picture."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        demo = Workspace(folder / "demo")
        replay(demo.root)
        told = (demo, load_settings(demo).settings, Period.parse(PERIOD), LAST_NIGHT)
        remind(*told)
        printed = _printed(folder, demo.root / COMMITTEE)
        for title, page in first_pages(printed):
            _take(printed, page, SHEETS[title])
        for document, picture in OTHERS.items():
            (path,) = demo.root.glob(document)
            _take(_printed(folder, path), 1, picture)
        _take_forms(demo, folder)


def _take_forms(demo: Workspace, folder: Path) -> None:
    """One picture a sheet, each of which is one page there."""
    for name, content in form_workbooks(demo):
        (folder / f"{name}.xlsx").write_bytes(content)
        printed = _printed(folder, folder / f"{name}.xlsx")
        for page, picture in enumerate(SHOWN[name], 1):
            _take(printed, page, f"{name}-{picture}", trimmed=True)


def first_pages(printed: Path) -> Iterator[tuple[str, int]]:
    """The title of each sheet of a printed workbook with the page on which it begins."""
    told: set[str] = set()
    for page in count(1):
        text = _called("pdftotext", "-f", str(page), "-l", str(page), str(printed), "-")
        if not text:
            return
        title = text.decode().strip().splitlines()[-1]
        if title not in told:
            told.add(title)
            yield title, page


def _printed(folder: Path, document: Path) -> Path:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    _called("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(document))
    return folder / f"{document.stem}.pdf"


def _take(printed: Path, page: int, picture: str, *, trimmed: bool = False) -> None:
    of_page = ("-f", str(page), "-l", str(page), "-singlefile")
    pixels = _called("pdftoppm", "-r", str(_DOTS), *of_page, str(printed))
    write_small_png(pixels, IMAGES / f"{picture}.png", trimmed=trimmed)


def _called(*command: str) -> bytes:
    """What one of three programs answers; past the last page pdftotext answers nothing."""
    return subprocess.run(command, check=False, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout  # noqa: S603


if __name__ == "__main__":
    main()
