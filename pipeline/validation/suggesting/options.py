"""Which of a field's fixed choices suits the row: one that no rule on the columns beside it would then refuse."""

from collections.abc import Iterator
from dataclasses import replace

from pipeline.validation.suggesting.asking import Asking, Statistics
from pipeline.validation.suggesting.bounds import bounds_of, nearest
from pipeline.validation.suggesting.sentences import agrees_with

_ON_A_CASE = ("only_when", "blank_when", "blank_unless", "filled_when", "filled_unless")


def fitting_option(asking: Asking) -> str:
    """The choice to suggest: what a filled column beside it is there for, else the form's example, else another."""
    options: dict[str, str] = asking.field.options if isinstance(asking.field.options, dict) else {}
    if asking.field.any_other or not options:
        return asking.field.example
    example = next((key for key, words in options.items() if asking.field.example in {key, words}), "")
    ordered = dict.fromkeys([*_asked_for(asking), *([example] if example else []), *options])
    chosen = next((value for value in ordered if _suits(asking, value)), example)
    return options.get(chosen, asking.field.example)


def _asked_for(asking: Asking) -> Iterator[str]:
    """The values in whose case alone a column must be filled that is filled: *trong khoảng* beside a Cận trên."""
    for kind, said in asking.rules:
        if kind == "filled_when" and list(said["when"]) == [asking.name] and asking.value(said["field"]) is not None:
            yield from map(str, said["when"][asking.name])


def _suits(asking: Asking, value: str) -> bool:
    """Whether the rules that look at the field would be kept if it had this value."""
    row = {**asking.row, asking.name: value}
    return all(_is_kept(replace(asking, row=row), kind, said) for kind, said in asking.rules)


def _is_kept(asking: Asking, kind: str, said: Statistics) -> bool:
    if kind == "sentence_agrees":
        return said["comparator"] != asking.name or agrees_with(asking, asking.typed)
    if said.get("comparator") == asking.name:
        return _is_within_bounds(asking, said)
    case = said.get("when", said.get("unless", {}))
    beside = asking.value(said["field"])
    if asking.name not in case or said["field"] == asking.name or kind not in _ON_A_CASE:
        return True
    if asking.holds(case) != kind.endswith("_when"):
        return True  # not the case of which the rule speaks
    if kind.startswith("only"):
        return beside is None or beside in {str(value) for value in said["only"]}
    return (beside is None) == kind.startswith("blank")


def _is_within_bounds(asking: Asking, said: Statistics) -> bool:
    target = replace(asking, field=asking.beside(str(said["field"])))
    return target.typed is None or bool(nearest(target.typed, bounds_of(target)) == target.typed)
