"""A new workspace: folders, settings to be completed, an empty directory, blank templates."""

import datetime as dt
import tomllib
from importlib.resources import files
from pathlib import Path

from pipeline.faults import OperatorError, disk_faults
from pipeline.findings.codes import Code
from pipeline.forms import DIRECTORY, FORMS
from pipeline.settings import Settings
from pipeline.templates.template import Issue, template_bytes
from pipeline.vocabulary.lists import lists_of
from pipeline.vocabulary.sheets import Form
from pipeline.workspace import Workspace
from pipeline.writing import make_folder, write_whole_or_fault

FOLDERS = ("inbox/kiem_tra", "outbox", "archive", "templates_xlsx")


def make_workspace(folder: Path, year: int) -> list[str]:
    """Make a workspace whose calendar begins with ``year``; gives its files, relative to it.

    Raises:
        OperatorError: E810, the folder holds something already; E805, it cannot be written.
    """
    text = files("pipeline.starter").joinpath("qms.toml").read_text(encoding="utf-8").replace("@YEAR@", str(year))
    settings = Settings.model_validate(tomllib.loads(text))
    directory = Issue(lists={}, agency=settings.agency[0], made_on=dt.date(year, 1, 1))
    workspace = furnish(folder, text, template_bytes(DIRECTORY, directory))
    return ["qms.toml", "danh_muc.xlsx", *write_blank_templates(workspace, settings)]


def furnish(folder: Path, settings_text: str, directory: bytes) -> Workspace:
    """The folders and the two settings files of a workspace, in a folder that must be empty.

    Raises:
        OperatorError: E810, the folder holds something already; E805, it cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise OperatorError(Code.E810, path=folder)
    workspace = Workspace(folder)
    with disk_faults(folder):
        for name in FOLDERS:
            make_folder(folder / name)
    write_whole_or_fault(workspace.settings_file, settings_text.encode())
    write_whole_or_fault(workspace.directory_file, directory)
    return workspace


def blank_templates(settings: Settings) -> dict[str, bytes]:
    """Every blank template by file name: the same settings give the same bytes."""
    year = max(settings.years)
    return {form.file_name: template_bytes(form, _blank_issue(form, settings, year)) for form in (*FORMS, DIRECTORY)}


def write_blank_templates(workspace: Workspace, settings: Settings) -> list[str]:
    """Write the blank templates into templates_xlsx/; gives their paths, relative to the workspace.

    Raises:
        OperatorError: E805, they cannot be written.
    """
    templates = {f"templates_xlsx/{name}": content for name, content in blank_templates(settings).items()}
    for path, content in templates.items():
        write_whole_or_fault(workspace.root / path, content)
    return list(templates)


def _blank_issue(form: Form, settings: Settings, year: int) -> Issue:
    made_on = dt.date(year, 1, 1)
    lists = {} if form is DIRECTORY else lists_of(settings, year)
    return Issue(lists=lists, agency=settings.agency_on(made_on), made_on=made_on, contact=settings.contact)
