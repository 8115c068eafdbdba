"""The pictures of the README and the guides, taken anew: ``python -m docs.pictures``.

Builds the demo in a temporary folder, has LibreOffice print the committee's workbook, and keeps the first pages as PNG.
Needs ``soffice`` and ``pdftoppm`` (Debian: libreoffice-calc, poppler-utils).
"""

import shutil
import subprocess
import tempfile
from pathlib import Path

from pipeline.demo import replay

IMAGES = Path(__file__).parent / "images"
PAGES = {"tong-quan": 1, "bieu-do": 2, "tinh-hinh-nop": 4}
"""Picture to page of the printed workbook."""


def main() -> None:
    """Take every picture."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        replay(folder / "demo")
        workbook = shutil.copy(folder / "demo" / "outbox" / "tong_hop" / "2019-6T.xlsx", folder)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        _call("soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(workbook))
        for picture, page in PAGES.items():
            of_page = ("-f", str(page), "-l", str(page), "-singlefile")
            _call("pdftoppm", "-png", "-r", "100", *of_page, str(folder / "2019-6T.pdf"), str(IMAGES / picture))


def _call(*command: str) -> None:
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)  # noqa: S603 - two programs named here


if __name__ == "__main__":
    main()
