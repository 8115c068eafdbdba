"""One byte of an archived file, a missing one, a foreign one: each is named."""

import pytest
from audit_tampering import audited, failing, words_of

from pipeline.workspace import Workspace

FOLDERS = pytest.mark.parametrize(("folder", "check"), [("originals", "originals"), ("settings", "settings")])


@FOLDERS
def test_one_altered_byte_is_named(so: Workspace, folder: str, check: str) -> None:
    kept = sorted((so.archive / folder).iterdir())[1]
    content = bytearray(kept.read_bytes())
    content[len(content) // 2] ^= 1
    kept.write_bytes(content)
    lines = audited(so)
    assert failing(lines) == {check: [f"{'original' if check == 'originals' else check}_altered"]}
    assert kept.name in words_of(lines, check)[0]


@FOLDERS
def test_a_missing_file_is_named(so: Workspace, folder: str, check: str) -> None:
    kept = sorted((so.archive / folder).iterdir())[1]
    kept.unlink()
    lines = audited(so)
    assert failing(lines) == {check: [f"{'original' if check == 'originals' else check}_missing"]}
    assert kept.stem in words_of(lines, check)[0]


@FOLDERS
def test_a_foreign_file_is_named(so: Workspace, folder: str, check: str) -> None:
    (so.archive / folder / "BM-02 (sua).xlsx").write_bytes(b"x")
    lines = audited(so)
    assert failing(lines) == {check: [f"{'original' if check == 'originals' else check}_foreign"]}
    assert "BM-02 (sua).xlsx" in words_of(lines, check)[0]


def test_a_second_file_under_the_hash_of_an_original_is_foreign(so: Workspace) -> None:
    kept = min((so.archive / "originals").iterdir())
    kept.with_suffix(".zzz").write_bytes(b"x")
    assert failing(audited(so)) == {"originals": ["original_foreign"]}


def test_what_a_run_is_just_copying_is_not_foreign(so: Workspace) -> None:
    (so.archive / "originals" / "taking-abc").write_bytes(b"PK")
    assert failing(audited(so)) == {}


def test_a_folder_in_the_place_of_an_original_is_told_not_raised(so: Workspace) -> None:
    kept = min((so.archive / "originals").iterdir())
    kept.unlink()
    kept.mkdir()
    assert failing(audited(so)) == {"originals": ["original_altered"]}


def test_what_nobody_presented_is_foreign_among_the_presented_workbooks(so: Workspace) -> None:
    """m7: the folder of the presented workbooks is held to the ledger, too."""
    (so.archive / "presented").mkdir()
    (so.archive / "presented" / f"{'0' * 64}.xlsx").write_bytes(b"x")
    assert failing(audited(so)) == {"presented": ["presented_foreign"]}
