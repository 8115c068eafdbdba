"""The forms that divisions submit: every module of this package that declares one. A new form is one new module."""

import pkgutil
from importlib import import_module
from importlib.util import find_spec

from pipeline.vocabulary.sheets import Form

_OTHERS = {"cover", "directory", "submitted"}


def _declared() -> tuple[Form, ...]:
    package = find_spec(__package__)
    places = package.submodule_search_locations if package else None
    names = sorted(module.name for module in pkgutil.iter_modules(places) if module.name not in _OTHERS)
    forms: list[Form] = [import_module(f"{__package__}.{name}").FORM for name in names]
    return tuple(sorted(forms, key=lambda form: form.number))


FORMS = _declared()
"""The forms, by number."""
