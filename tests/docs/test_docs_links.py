"""Links lead somewhere, and the README speaks of everything that there is."""

import re
from pathlib import Path

import pytest

from pipeline.cli.app import COMMANDS

ROOT = Path(__file__).parents[2]
DECISIONS = ROOT / "docs" / "decisions"
PAGES = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "bench").glob("*.md")],
    key=lambda page: page.relative_to(ROOT).as_posix(),
)
LINK = re.compile(r"\]\(([^)\s]+)\)")
NOT_PLAIN = re.compile(r"[^\w\s-]")
TO_COME = {"docs/images/tong-quan.png"}
"""Pictures that are made from a finished workbook, and may be missing until there is one."""


def _links(page: Path) -> list[str]:
    return [link for link in LINK.findall(page.read_text(encoding="utf-8")) if "://" not in link]


def _anchors(page: Path) -> set[str]:
    """The anchors of a page's headings, as the usual Markdown viewers make them."""
    headings = [line.lstrip("#").strip() for line in page.read_text(encoding="utf-8").splitlines() if line[:1] == "#"]
    return {NOT_PLAIN.sub("", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_relative_link_of_a_page_leads_to_a_file(page: Path) -> None:
    targets = {(page.parent / link.split("#")[0]).resolve() for link in _links(page) if not link.startswith("#")}
    missing = {target.relative_to(ROOT).as_posix() for target in targets if not target.exists()}
    assert missing - TO_COME == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_to_a_heading_finds_it(page: Path) -> None:
    wanted = [link.partition("#") for link in _links(page) if "#" in link]
    known = {file: _anchors(page.parent / file if file else page) for file in {file for file, _, _ in wanted}}
    assert [f"{file}#{anchor}" for file, _, anchor in wanted if anchor not in known[file]] == []


def test_the_readme_names_every_command_once_in_its_table() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `qms ([\w-]+)", readme, flags=re.MULTILINE) == list(COMMANDS)


def test_the_map_of_the_readme_names_every_module_and_no_other() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"^[├└]── (\w+(?:\.py|/))", readme, flags=re.MULTILINE)
    modules = {path.name for path in (ROOT / "pipeline").glob("*.py") if not path.name.startswith("__")}
    packages = {f"{path.parent.name}/" for path in (ROOT / "pipeline").glob("*/__init__.py")}
    assert sorted(named) == sorted(modules | packages)


def test_the_list_of_decisions_names_every_page_in_order() -> None:
    listed = re.findall(r"\((\d{4}-[\w-]+\.md)\)", (DECISIONS / "README.md").read_text(encoding="utf-8"))
    assert listed == sorted(path.name for path in DECISIONS.glob("0*.md"))


@pytest.mark.parametrize("page", sorted(DECISIONS.glob("0*.md")), ids=lambda page: page.stem)
def test_a_decision_has_its_three_parts_under_its_number(page: Path) -> None:
    lines = page.read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith(f"# {page.name[:4]} ")
    assert [line for line in lines if line.startswith("## ")] == ["## Context", "## Decision", "## Consequences"]
