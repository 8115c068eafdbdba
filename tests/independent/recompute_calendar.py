"""When each form is due: the settings' days, and the BM-03 of a policy that is issued again in the course of a year."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

POLICY_DAYS = 30
"""Unless the settings say otherwise."""

_REPORTS = ("6T", "CN")


def calendar(settings: Mapping[str, Any], year: str) -> dict[str, dict[str, dt.date]]:
    """Each part of a year with its forms and the days before which they are due."""
    parts = {part: dict(forms) for part, forms in settings["years"][year].items()}
    for version in _issued_again(settings, year):
        days = settings.get("thresholds", {}).get("policy_days", POLICY_DAYS)
        due = version["approved_on"] + dt.timedelta(days)
        parts[_part(parts, due)].setdefault("BM-03", due)
    return parts


def _issued_again(settings: Mapping[str, Any], year: str) -> list[Mapping[str, Any]]:
    """What was approved in the year, on or after the day on which its BM-03 was due."""
    own = settings["years"][year].get("KH", {}).get("BM-03")
    versions = sorted(settings["policy_versions"], key=lambda each: each["approved_on"])
    return [each for each in versions if own and own <= each["approved_on"] and each["approved_on"].year == int(year)]


def _part(parts: Mapping[str, Mapping[str, dt.date]], due: dt.date) -> str:
    """The first report that is due no earlier and has no BM-03 yet, else the last."""
    reports = [part for part in _REPORTS if part in parts]
    later = [part for part in reports if max(parts[part].values()) >= due and "BM-03" not in parts[part]]
    return (later or reports[-1:])[0]


def policy_duty(settings: Mapping[str, Any], period: str, day: dt.date) -> tuple[str, str]:
    """The policy in force on a day, and the period of the BM-03 by which the year's divisions tell of it."""
    year = period[:4]
    approved = [each for each in settings["policy_versions"] if each["approved_on"] <= day]
    held = max(approved, key=lambda each: each["approved_on"])
    days = settings.get("thresholds", {}).get("policy_days", POLICY_DAYS)
    parts = dict(settings["years"][year])
    told_in = "KH"
    for version in _issued_again(settings, year):
        due = version["approved_on"] + dt.timedelta(days)
        part = _part(parts, due)
        parts[part] = {"BM-03": due, **parts[part]}
        told_in = part if version is held else told_in
    return str(held["version"]), f"{year}-{told_in}"
