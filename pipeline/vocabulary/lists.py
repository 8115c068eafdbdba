"""The choices that stand in the settings, made ready for drop-downs, for reading and for judging."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from pipeline.settings import AgencyObjective, Settings
from pipeline.vietnamese import KNOWN_UNITS
from pipeline.vocabulary.choices import STAFF_CODES, STAFF_NAMES
from pipeline.vocabulary.fields import Field, Listed, Options

Lists = Mapping[str, Options]
"""List name to stored value to shown words."""


def lists_of(settings: Settings, year: int) -> Lists:
    """Every list that a form may refer to, as it stands for one year."""
    return {name: options(settings, year) for name, options in {**_LISTS, **_PEOPLE}.items()}


def options_of(field: Field, lists: Lists) -> Options:
    """The choices of a field, from the form or from the settings; empty for other fields."""
    if isinstance(field.options, Listed):
        return lists[field.options.name]
    return field.options or {}


def identities_of(field: Field, lists: Lists) -> Options:
    """The codes or people that a text field may name; empty for other fields, and where the lists are not at hand."""
    if isinstance(field.identities, Listed):
        return lists.get(field.identities.name, {})
    return field.identities or {}


def _divisions(settings: Settings, _year: int) -> Options:
    return {division.code: f"{division.code} - {division.name}" for division in settings.divisions}


def _years(settings: Settings, _year: int) -> Options:
    return {str(year): str(year) for year in sorted(settings.years)}


def _policy_points(settings: Settings, year: int) -> Options:
    return {
        point.code: f"{point.code} - {point.text}"
        for version in settings.policies_of_year(year)
        for point in version.points
    }


def _policy_versions(settings: Settings, _year: int) -> Options:
    return {version.version: version.version for version in settings.policy_versions}


def agency_objectives_of(settings: Settings, year: int) -> Sequence[AgencyObjective]:
    """The agency's objectives in force in a year, one a code: of two that follow each other within it, the later."""
    by_code = {
        objective.code: objective
        for objective in settings.agency_objectives
        if (objective.valid_from is None or objective.valid_from.year <= year)
        and (objective.valid_to is None or objective.valid_to.year >= year)
    }
    return tuple(by_code.values())


def _agency_objectives(settings: Settings, year: int) -> Options:
    return {
        objective.code: f"{objective.code} - {objective.text}" for objective in agency_objectives_of(settings, year)
    }


def _standards(settings: Settings, _year: int) -> Options:
    return {standard.designation: standard.designation for standard in settings.standards}


def _staff_codes(settings: Settings, _year: int) -> Options:
    return {person.staff_code: person.staff_code for person in settings.staff}


def _staff_names(settings: Settings, _year: int) -> Options:
    return {person.name: person.name for person in settings.staff}


def _units(_settings: Settings, _year: int) -> Options:
    return {unit: unit for unit in KNOWN_UNITS}


_LISTS: Mapping[str, Callable[[Settings, int], Options]] = {
    "divisions": _divisions,
    "years": _years,
    "policy_points": _policy_points,
    "policy_versions": _policy_versions,
    "agency_objectives": _agency_objectives,
    "standards": _standards,
    "units": _units,
}
_PEOPLE: Mapping[str, Callable[[Settings, int], Options]] = {
    STAFF_CODES.name: _staff_codes,
    STAFF_NAMES.name: _staff_names,
}
JUDGED: Final = frozenset(_LISTS)
"""The lists that a value must stand in; people are judged by the staff list, with its days."""
