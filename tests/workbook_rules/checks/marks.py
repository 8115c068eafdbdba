"""What a reader knows the parts of a workbook by: the titles and labels of the catalogue that the writer shows too."""

from functools import cache

from pipeline.wording import say, topic


@cache
def sheet_titles() -> tuple[str, ...]:
    """The twelve sheets in their order, by the number that their titles begin with."""
    return tuple(sorted(topic("committee")["sheet"].values(), key=lambda title: int(title.split()[0])))


def title_of(number: int) -> str:
    """The title of a sheet by its number."""
    return next((title for title in sheet_titles() if title.split()[0] == str(number)), "")


def label(name: str) -> str:
    """A header of the catalogue."""
    return say(f"committee.label.{name}")


@cache
def beginning(key: str) -> str:
    """What a text of the catalogue begins with, before its first fact."""
    name, *path = key.split(".")
    entry = topic(name)
    for step in path[:-1]:
        entry = entry[step]
    return str(entry[path[-1]]).partition("{")[0].strip()


@cache
def own_words() -> frozenset[str]:
    """Every word of ours that a formula may look for: states, verdicts, ways of pooling, headers."""
    words = topic("committee")
    signs = (sign.get("word", code) for group in words["sign"].values() for code, sign in group.items())
    told = (*topic("run")["state"].values(), *topic("run")["verdict"].values())
    others = (words[name].values() for name in ("result", "pooling", "label"))
    return frozenset({*signs, *told, *(word for group in others for word in group)})
