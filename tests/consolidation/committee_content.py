"""The ledger's content as frames, without a ledger: told form by form, or taken from the demonstration's data."""

import dataclasses
import datetime as dt
import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import pandas as pd

from pipeline.consolidation import LedgerContent
from pipeline.evidence.facts import Facts
from pipeline.forms import BY_NUMBER
from pipeline.ledger.tables import sheet_tables, table_name
from pipeline.parsing import storable_columns
from pipeline.settings import Settings
from pipeline.vocabulary.choices import CODED, YES_NO

Rows = Mapping[str, Sequence[Mapping[str, Any]]]
DEMO = files("pipeline") / "demo" / "data"
_TIMES = ("not_before", "not_after", "arrived_at", "judged_as_of")
_TEXTS = ("sha256", "path", "folder", "settings", "verdict", "form", "division", "period", "based_on")


def demo_toml(name: str) -> dict[str, Any]:
    return tomllib.loads(DEMO.joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def demo_settings() -> Settings:
    told, people = demo_toml("qms"), demo_toml("staff")
    divisions = [{**each, "in_scope": each["in_scope"] == "có"} for each in people["divisions"]]
    return Settings.model_validate({**told, "divisions": divisions, "staff": people["staff"]})


def sheet_rows(table: str, rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows as parsing leaves them: a coded word in a number's or day's cell stands in its companion column."""
    columns = storable_columns(sheet_tables()[table])
    parsed = []
    for place, row in enumerate(rows):
        made: dict[str, Any] = {"excel_row": place + 7, **row}
        for name in [name for name in columns if f"{name}_coded" in columns]:
            if made.get(name) in {*CODED, *YES_NO}:
                made[f"{name}_coded"] = made.pop(name)
        parsed.append(made)
    return parsed


@dataclasses.dataclass
class Story:
    """What came in, in the order of judging."""

    submissions: list[dict[str, Any]] = dataclasses.field(default_factory=list)
    rows: dict[str, list[dict[str, Any]]] = dataclasses.field(default_factory=dict)
    findings: list[tuple[int, str, str]] = dataclasses.field(default_factory=list)
    decisions: list[dict[str, Any]] = dataclasses.field(default_factory=list)

    def add(
        self,
        form: str | None,
        division: str | None,
        period: str | None,
        arrived: str,
        rows: Rows | None = None,
        **more: object,
    ) -> int:
        """One file; accepted unless ``verdict`` says otherwise. Gives its submission_id."""
        submission_id = len(self.submissions) + 1
        path = str(more.pop("path", "")) or (
            f"{division or 'khac'}/{form or 'tep'} {period or ''} {submission_id}.xlsx"
        )
        at = pd.Timestamp(arrived)
        same = [s for s in self.submissions if (s["form"], s["division"], s["period"]) == (form, division, period)]
        version = len(same) + 1 if form and division and period else None
        self.submissions.append(
            {
                "submission_id": submission_id,
                "sha256": hashlib.sha256(path.encode()).hexdigest(),
                "path": path,
                "folder": "",
                "size": 10_000,
                "not_before": None,
                "not_after": at,
                "arrived_at": at,
                "verdict": "accepted",
                "form": form,
                "division": division,
                "period": period,
                "version": version,
                "is_empty": False,
                "based_on": "",
                "judged_as_of": at,
                "settings": "",
                "withdrawn": False,
                **more,
            }
        )
        if rows is not None and form is not None:
            for sheet in BY_NUMBER[form].all_sheets:
                table = table_name(BY_NUMBER[form], sheet)
                told = sheet_rows(table, rows.get(table, rows.get(sheet.name, [])))
                self.rows.setdefault(table, []).extend({"submission_id": submission_id, **row} for row in told)
        return submission_id

    def decide(self, kind: str, form: str | None, division: str | None, period: str, **more: object) -> None:
        """One decision that stands."""
        named = {"kind": kind, "form": form, "division": division, "period": period}
        told = {"reason": "đi công tác", "document": "", "as_of": "2019-06-08T09:00"}
        self.decisions.append({"decision_id": len(self.decisions) + 1, **named, **told, **more})

    def content(self) -> LedgerContent:
        every = pd.DataFrame(self.submissions or [dict.fromkeys(_EMPTY)], columns=_EMPTY)
        typed: dict[str, Any] = {name: pd.to_datetime(every[name]).astype("datetime64[us]") for name in _TIMES}
        typed |= {name: every[name].astype("str") for name in _TEXTS}
        typed |= {"version": every["version"].astype("float64"), "is_empty": every["is_empty"].astype(bool)}
        typed |= {"withdrawn": every["withdrawn"].astype(bool)}
        submissions = every.assign(**typed).set_index("submission_id")
        submissions = submissions if self.submissions else submissions.iloc[:0]
        submissions.index = submissions.index.astype("int64")
        findings = pd.DataFrame(self.findings, columns=["submission_id", "code", "severity"])
        findings["is_explained"] = False
        dtypes = {"submission_id": "int64", "code": "str", "severity": "str", "is_explained": "bool"}
        decisions = _decisions(self.decisions)
        return LedgerContent(submissions, _typed(self.rows), findings.astype(dtypes), decisions, facts=self.facts())

    def facts(self) -> Facts:
        """The same as SQL reads it: plain values, times in ISO form."""
        columns = {table: storable_columns(sheet_tables()[table]) for table in self.rows}
        rows = {
            table: [{**dict.fromkeys(columns[table]), **_plain(row)} for row in of] for table, of in self.rows.items()
        }
        decisions = [{"until": None, **_plain(each)} for each in self.decisions]
        return Facts([_plain(each) for each in self.submissions], decisions, rows)


def _plain(row: Mapping[str, Any]) -> dict[str, Any]:
    """Days and times as the ledger writes them."""
    return {name: value.isoformat() if isinstance(value, dt.date) else value for name, value in row.items()}


_EMPTY = [
    "submission_id",
    "sha256",
    "path",
    "folder",
    "size",
    "not_before",
    "not_after",
    "arrived_at",
    "verdict",
    "form",
    "division",
    "period",
    "version",
    "is_empty",
    "based_on",
    "judged_as_of",
    "settings",
    "withdrawn",
]


def _decisions(told: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    texts = dict.fromkeys(("kind", "form", "division", "period", "reason", "document", "sha256"), "str")
    times = ("until", "document_on", "as_of")
    frame = pd.DataFrame(list(told), columns=["decision_id", *texts, *times])
    days = {name: pd.to_datetime(frame[name], format="ISO8601").astype("datetime64[us]") for name in times}
    return frame.assign(**days).astype({**texts, "decision_id": "int64"})


def _typed(rows: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, pd.DataFrame]:
    return {table: _table(table, rows[table]) if rows.get(table) else _empty_table(table) for table in sheet_tables()}


@cache
def _empty_table(table: str) -> pd.DataFrame:
    """The same frame for all stories: nothing changes a frame in place."""
    return _table(table, ())


def _table(table: str, rows: Sequence[Mapping[str, Any]]) -> pd.DataFrame:
    dtypes = {"submission_id": "int64", "excel_row": "int64", **storable_columns(sheet_tables()[table])}
    told = pd.DataFrame(list(rows), columns=list(dtypes))
    days = {n: pd.to_datetime(told[n]) for n, dtype in dtypes.items() if dtype == "datetime64[us]"}
    return told.assign(**days).astype(dtypes)


def cover(told: Mapping[str, Any], form: str) -> list[dict[str, Any]]:
    return [
        {
            "division": told.get("code"),
            "document_no": told.get("document_no", {}).get(form),
            "document_on": told.get("document_on", {}).get(form),
            "prepared_by": told["prepared_by"],
            "approved_by": told["approved_by"],
        }
    ]


def demo_story() -> Story:
    """The demonstration's 2019: plans, BM-03, six-month reports, the register; two divisions late, one silent."""
    story, settings = Story(), demo_settings()
    people = {member.staff_code: member for member in settings.staff}
    told = {division.code: demo_toml(division.code) for division in settings.divisions}
    for code, each in told.items():
        if "objectives" in each:
            rows = {"cover": cover(each, "BM-01"), "objectives": each["objectives"], "tasks": each["tasks"]}
            story.add("BM-01", code, "2019-KH", "2019-01-25 09:00", rows)
    for code, each in told.items():
        if "policy" in each:
            listed = [{**_person(people, row), **row} for row in each["policy"]]
            rows = {"cover": cover(each, "BM-03"), "policy": listed}
            story.add("BM-03", code, "2019-KH", "2019-03-28 10:00", rows)
    for code, each in told.items():
        if "results" in each and code != "GDNN":
            rows = {"cover": cover(each, "BM-02"), "results": each["results"], "progress": each["progress"]}
            late = code in {"KHTC", "TTR"}
            story.add("BM-02", code, "2019-6T", f"2019-06-{12 if late else '07'} 15:30", rows)
    register = told["TCT"]
    rows = {name: register[name] for name in ("declarations", "scope_changes")}
    story.add("BM-04", "TCT", "2019-6T", "2019-06-06 08:00", {"cover": cover(register, "BM-04"), **rows})
    return story


def _person(people: Mapping[str, Any], row: Mapping[str, Any]) -> dict[str, Any]:
    member = people[row["staff_code"]]
    return {"full_name": member.name, "position": member.position, "category": member.category}


def add_other_files(story: Story) -> None:
    """Files that do not count: a returned form, a file with a password, a letter."""
    returned = story.add("BM-02", "GDNN", "2019-6T", "2019-06-09 16:00", verdict="returned")
    story.findings += [(returned, "C401", "error"), (returned, "V303", "error"), (returned, "R608", "warning")]
    locked = story.add(None, None, None, "2019-06-08 11:00", verdict="unreadable", path="BC mật khẩu.xlsx")
    story.findings.append((locked, "F103", "error"))
    letter = story.add(None, None, None, "2019-06-08 11:05", verdict="not_a_form", path="Công văn.docx")
    story.findings.append((letter, "F106", "error"))


@cache
def demo_content() -> LedgerContent:
    """The demonstration with files that do not count."""
    story = demo_story()
    add_other_files(story)
    return story.content()


AS_OF = dt.date(2019, 6, 13)
