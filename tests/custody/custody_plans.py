"""What the long form of the kill test tries: single deaths, and marches of many deaths along the road."""

import re
import secrets
from collections.abc import Iterator

from custody_trials import Kill, Plan, Undisturbed, after, at

_STAGES_A_MARCH = 4
CHANCE = secrets.SystemRandom()
"""A trial that fails tells its own deaths; no seed is needed to have them again."""


def single_deaths(undisturbed: Undisturbed) -> Iterator[Plan]:
    """One death before the clean run: around each commit, and from outside at any time, workers orphaned or not."""
    commits = sum(label == "before COMMIT" for _, label in undisturbed.points)
    for nth in range(1, commits + 1):
        for late in (0, 0.0002, 0.001):
            yield Plan((at("statement", nth, like="before COMMIT", late=late),))
        yield Plan((at("statement", nth, like="after COMMIT"),))
    for nth in range(12):
        kill = after(CHANCE.uniform(0, undisturbed.seconds), orphans=nth % 2 == 0)
        yield Plan((kill,), all_must_die=False)


def relays() -> Iterator[Plan]:
    """A night that dies after each file that it puts into the outbox, or into its memory, still ends."""
    # First come what is told of the runs that were broken off and of this one (night/last_run), and the day's page and
    # its data, which tell of them too.
    yield Plan((at("file", 6, like="os.rename /outbox"),), is_relay=True)
    yield Plan((at("file", 4, like="open to write ab /archive/published.journal"),), is_relay=True)


def marches(undisturbed: Undisturbed) -> Iterator[Plan]:
    """Without end: deaths in the order of the road, each run coming a little further; every stage in its turn."""
    road = _stages(undisturbed)
    while True:
        deck = CHANCE.sample(list(road), len(road))
        while deck:
            stages = [(road[label][0], _at_stage(label, road[label][1])) for label in deck[:_STAGES_A_MARCH]]
            del deck[:_STAGES_A_MARCH]
            kills = sorted([*stages, *_events(undisturbed)], key=lambda placed: placed[0])
            yield Plan(tuple(kill for _, kill in kills), all_must_die=False)


def _stages(undisturbed: Undisturbed) -> dict[str, tuple[float, int]]:
    """Before and after every function of the stages: its first place on the road (0 to 1), and how often it comes."""
    found: dict[str, tuple[float, int]] = {}
    for place, (kind, label) in enumerate(undisturbed.points):
        if kind == "stage":
            first, count = found.get(label, (place / len(undisturbed.points), 0))
            found[label] = (first, count + 1)
    return found


def _at_stage(label: str, count: int) -> Kill:
    return at("stage", CHANCE.randint(1, count), like=label)


def _events(undisturbed: Undisturbed) -> Iterator[tuple[float, Kill]]:
    """Deaths at files and statements: anywhere in what is done anew, soon in what goes on where the last run ended."""
    points = list(enumerate(undisturbed.points))
    for place, (kind, label) in CHANCE.sample([point for point in points if point[1][0] != "stage"], 8):
        like = re.split(r"taking-|\.writing-|, ", label)[0][:40]
        goes_on = "/outbox" in label or ".writing-" in label
        before = sum(kind == other and like in told for other, told in undisturbed.points[: place + 1])
        late = CHANCE.choice((0, 0, CHANCE.uniform(0.0001, 0.003)))
        nth = CHANCE.randint(1, 3) if goes_on else before
        yield place / len(points), at(kind, nth, like=like, late=late)
