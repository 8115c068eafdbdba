"""The text of one comment: plain, or in runs of different looks (ECMA-376 Part 1, 18.4.7 and 18.4.8)."""

from typing import Final

from pipeline.patching.markup import (
    SPACE,
    Element,
    appended,
    child,
    children,
    local,
    put_text,
    removed,
    unescaped,
    unset,
)

_APART: Final = "\n\n"
"""What stands between the sender's words and ours."""


def plain(comment: Element) -> str:
    """The words of a comment without their looks."""
    return "".join(unescaped(text.text or "") for text in _texts(comment))


def write(comment: Element, words: str) -> None:
    """Let a blank comment hold words."""
    put_text(appended(appended(comment, "text"), "t"), words)


def append(comment: Element, words: str) -> None:
    """Put words below those that are there, as a run of their own."""
    holder = child(comment, "text")
    if holder is None:
        write(comment, words)
        return
    is_blank = not plain(comment)
    single = child(holder, "t")
    if single is not None:
        _wrap(holder, single)
    run = appended(holder, "r")
    put_text(appended(run, "t"), words if is_blank else _APART + words)
    last = [inner for inner in holder if local(inner) in {"r", "t"} and inner is not run]
    if last:
        last[-1].addnext(run)


def cut(comment: Element, mark: str) -> bool:
    """Take off the words from a mark on, with the blank lines before it; says whether any words are left."""
    before = plain(comment).partition(mark)[0]
    left = before.removesuffix(_APART) if before.endswith(_APART) else before.rstrip("\n")
    room = len(left)
    for text in _texts(comment):
        words = unescaped(text.text or "")
        if len(words) > room:
            words = words[:room]
            if words:
                _put(text, words)
            else:
                _remove_text(text)
        room -= len(words)
    holder = child(comment, "text")
    if holder is not None:
        _unwrap(holder)
    return bool(left.strip())


def _texts(comment: Element) -> list[Element]:
    """The elements that hold words, in order; what tells how to speak them (``rPh``) is none."""
    holder = child(comment, "text")
    texts = list[Element]()
    for inner in () if holder is None else holder:
        if local(inner) == "t":
            texts.append(inner)
        elif local(inner) == "r":
            texts.extend(children(inner, "t"))
    return texts


def _put(text: Element, words: str) -> None:
    """Shorten the words of an element; that their ends count, it says where it said so before."""
    is_kept = text.get(SPACE)
    put_text(text, words)
    if is_kept is None and words == words.strip():
        unset(text, SPACE)


def _remove_text(text: Element) -> None:
    run = text.getparent()
    removed(run if run is not None and local(run) == "r" and len(children(run, "t")) == 1 else text)


def _wrap(holder: Element, text: Element) -> None:
    """Make a run of plain text. Its looks, blank, are the sign that it was none."""
    run = appended(holder, "r")
    appended(run, "rPr")
    holder.remove(run)
    text.addprevious(run)
    holder.remove(text)
    run.append(text)


def _unwrap(holder: Element) -> None:
    runs = children(holder, "r")
    looks = child(runs[0], "rPr") if len(runs) == 1 else None
    text = child(runs[0], "t") if len(runs) == 1 else None
    if looks is not None and not len(looks) and text is not None:
        runs[0].addprevious(text)
        removed(runs[0])
