"""Files that cannot be read or are no form, and forms of other programs, through whole nights."""

import datetime as dt
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from nights_books import book_bytes
from nights_examples import of_division
from nights_files import sent_files
from nights_office import Office, Told, furnished, rows_of_findings
from openpyxl import load_workbook
from rules_examples_files import FILE_CODES, PLACEMENT_CODES
from rules_sheets import Case

from pipeline.findings import Verdict

_NIGHT = dt.datetime(2019, 6, 5, 9)
_FIXTURES = Path(__file__).parents[1] / "parsing" / "fixtures"
_OTHER_PROGRAMS = sorted(path for path in _FIXTURES.iterdir() if path.suffix in {".xlsx", ".xls", ".ods"})
_CORE = b"docProps/core.xml"
_OF_PACKAGES = "P001"


def _two_nights(office: Office, sent: Mapping[str, bytes]) -> None:
    """The night in which the files arrive, and one with nothing new."""
    office.put(sent)
    office.night(_NIGHT)
    before = office.published()
    assert office.night(_NIGHT + dt.timedelta(minutes=15)).arrived == 0
    assert office.published() == before
    assert office.faults == []


def _are_answered(office: Office) -> None:
    """Everything that was not simply accepted has its answer, a row a finding."""
    told, answers = office.told(), office.answers()
    owed = {Path(name).stem: len(one.findings) for name, one in told.items() if one.verdict is not Verdict.ACCEPTED}
    assert {stem: rows_of_findings(answers[stem]) for stem in owed} == owed


@pytest.fixture(scope="module")
def after_bad_files(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = furnished(tmp_path_factory.mktemp("files") / "so")
    tight = {"max_megabytes": 1, "max_inflated_megabytes": 1, "max_entries": 40}
    limits = office.settings.limits.model_copy(update=tight)
    office.settings = office.settings.model_copy(update={"limits": limits})
    _two_nights(office, {name: content for name, (_, content) in sent_files().items()})
    return office


def test_each_file_that_is_no_form_gets_its_one_code(after_bad_files: Office) -> None:
    told = {name: one.findings for name, one in after_bad_files.told().items()}
    assert told == {name: ((code, ""),) for name, (code, _) in sent_files().items()}


def test_each_of_them_is_answered(after_bad_files: Office) -> None:
    _are_answered(after_bad_files)


def test_every_code_on_files_goes_through_a_night() -> None:
    assert {code for code, _ in sent_files().values()} == FILE_CODES | PLACEMENT_CODES


def _encrypted(content: bytes, part: bytes) -> bytes:
    """The package with the flag *encrypted* on one part, in its local header and in the directory."""
    made = bytearray(content)
    for signature, flags, name in ((b"PK\x03\x04", 6, 30), (b"PK\x01\x02", 8, 46)):
        at = -1
        while (at := made.find(signature, at + 1)) >= 0:
            if made[at + name : at + name + len(part)] == part:
                made[at + flags] |= 1
    return bytes(made)


def _rewritten(content: bytes, part: str, replaced: tuple[bytes, bytes]) -> bytes:
    """The package with something in one part replaced."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(made, "w") as zipped:
        for name in given.namelist():
            read = given.read(name)
            zipped.writestr(name, read.replace(*replaced) if name == part else read)
    return made.getvalue()


def _returned() -> bytes:
    """A BM-01 that is returned, in the package that openpyxl makes: with properties, theme and shared strings."""
    saved = io.BytesIO()
    workbook = of_division(Case("BM-01", {"objectives.target.2": "khoảng 5"}).workbook, "BM-01", _OF_PACKAGES)
    load_workbook(io.BytesIO(book_bytes(workbook))).save(saved)
    return saved.getvalue()


_TYPES, _STYLES = "[Content_Types].xml", "xl/styles.xml"
_BROKEN: Mapping[str, bytes] = {
    "properties encrypted": _encrypted(_returned(), _CORE),
    "theme encrypted": _encrypted(_returned(), b"xl/theme/theme1.xml"),
    "sheet called a chart": _rewritten(
        _returned(), _TYPES, (b"spreadsheetml.worksheet+xml", b"spreadsheetml.chartsheet+xml")
    ),
    "styles called a theme": _rewritten(_returned(), _TYPES, (b"spreadsheetml.styles+xml", b"theme+xml")),
    "workbook called a template": _rewritten(
        _returned(), _TYPES, (b"spreadsheetml.sheet.main+xml", b"spreadsheetml.template.main+xml")
    ),
    "fonts gone": _rewritten(_returned(), _STYLES, (b"<fonts", b"<phong")),
    "properties broken": _rewritten(_returned(), _CORE.decode(), (b"<dcterms:created", b"<dcterms:created><x>")),
    "properties of no day": _rewritten(_returned(), _CORE.decode(), (b"20", b"99999")),
}


@pytest.fixture(scope="module")
def after_odd_forms(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Forms saved by SheetJS, exceljs and Gnumeric, in the inbox and in its pre-check folder, and broken packages.

    The packages are of a division of their own, on which the other forms do not bear.
    """
    office = furnished(tmp_path_factory.mktemp("programs") / "so", [_OF_PACKAGES])
    sent = {_name(path): path.read_bytes() for path in _OTHER_PROGRAMS}
    packages = {f"{name}.xlsx": content for name, content in _BROKEN.items()}
    _two_nights(office, {**sent, **{f"kiem_tra/VP/{name}": content for name, content in sent.items()}, **packages})
    return office


def _name(path: Path) -> str:
    return path.name.replace(".", "_") + path.suffix


def _of_programs(office: Office) -> dict[str, Told]:
    """What the ledger holds of the forms of other programs."""
    packages = {f"{name}.xlsx" for name in _BROKEN}
    return {name: one for name, one in office.told().items() if name not in packages}


def test_a_form_of_another_program_is_judged_as_a_form(after_odd_forms: Office) -> None:
    told = _of_programs(after_odd_forms)
    assert len(told) == len(_OTHER_PROGRAMS)
    verdicts = {name: one.verdict for name, one in told.items()}
    assert {name: verdict for name, verdict in verdicts.items() if verdict not in _JUDGED} == {}


_JUDGED = {Verdict.ACCEPTED, Verdict.ACCEPTED_WITH_WARNINGS, Verdict.RETURNED}


def test_a_form_of_another_program_is_answered_also_in_the_pre_check_folder(after_odd_forms: Office) -> None:
    _are_answered(after_odd_forms)
    pre_checked = after_odd_forms.workspace.outbox.glob("phan_hoi/*/kiem_tra/*.xlsx")
    assert sorted({path.stem.rsplit("__", 1)[0] for path in pre_checked}) == sorted(
        path.name.replace(".", "_") for path in _OTHER_PROGRAMS
    )


def test_a_form_whose_package_openpyxl_refuses_is_answered_all_the_same(after_odd_forms: Office) -> None:
    programs = {_name(path) for path in _OTHER_PROGRAMS}
    assert after_odd_forms.told().keys() - programs == {f"{name}.xlsx" for name in _BROKEN}
    _are_answered(after_odd_forms)
