"""The pictures of the README and the guides, taken anew: ``python -m docs.pictures``.

Builds the demo in a temporary folder, has LibreOffice print the committee's workbook, a book of receipts, a marked
copy and a letter, and each sheet of the forms,
and keeps pages of them as PNG. Needs ``soffice`` and ``pdftoppm`` (Debian: libreoffice-calc, libreoffice-writer,
poppler-utils).
"""

import datetime as dt
import subprocess
import tempfile
from pathlib import Path

from docs.form_pictures import SHOWN, form_workbooks
from docs.small_png import small_png
from pipeline.demo import replay
from pipeline.desk.reminding import remind
from pipeline.settings import Period
from pipeline.workspace import Workspace, load_settings

IMAGES = Path(__file__).parent / "images"
LAST_NIGHT = dt.datetime(2019, 6, 10, 0, 5)
PICTURES = {
    "outbox/tong_hop/2019-6T.xlsx": {"tong-quan": 1, "bieu-do": 2, "tinh-hinh-nop": 4},
    "outbox/phan_hoi/NCC/So_tiep_nhan.xlsx": {"so-tiep-nhan": 1},
    "outbox/phan_hoi/GDNN/MTCL GDNN__*.xlsx": {"viec-can-sua": 1},
    "outbox/thu_nhac/2019-6T/VLATLD.docx": {"thu-nhac": 1},
}
"""Document of the demo (the only one of that pattern) to its pictures, each with its printed page."""


def main() -> None:
    """Take every picture."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        demo = Workspace(folder / "demo")
        replay(demo.root)
        remind(demo, load_settings(demo).settings, Period.parse("2019-6T"), LAST_NIGHT)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        for document, pictures in PICTURES.items():
            (path,) = demo.root.glob(document)
            _call("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(path))
            for picture, page in pictures.items():
                of_page = ("-f", str(page), "-l", str(page), "-singlefile")
                printed = folder / f"{path.stem}.pdf"
                _call("pdftoppm", "-png", "-r", "100", *of_page, str(printed), str(IMAGES / picture))
        _take_forms(demo, folder, profile)


def _take_forms(demo: Workspace, folder: Path, profile: str) -> None:
    """One picture a sheet."""
    for name, content in form_workbooks(demo):
        (folder / f"{name}.xlsx").write_bytes(content)
        _call("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), f"{folder / name}.xlsx")
        _call("pdftoppm", "-r", "150", str(folder / f"{name}.pdf"), str(folder / name))
        for picture, page in zip(SHOWN[name], sorted(folder.glob(f"{name}-*.ppm")), strict=False):
            (IMAGES / f"{name}-{picture}.png").write_bytes(small_png(page.read_bytes()))


def _call(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - two programs named here


if __name__ == "__main__":
    main()
