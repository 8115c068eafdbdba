"""`kill -9` anywhere on the road, then one clean run: the night is the undisturbed one, byte for byte (issue 3).

The long form (``make long``) kills hundreds of runs: test_custody_kill_long.
"""

import secrets

import pytest
from custody_runner import Runner
from custody_trials import Plan, Trials, Undisturbed, after, at

from pipeline.workspace import Workspace

CHANCE = secrets.SystemRandom()


@pytest.fixture(scope="module")
def trials(night_of_forty: Workspace, runner: Runner, tmp_path_factory: pytest.TempPathFactory) -> Trials:
    folder = tmp_path_factory.mktemp("trials")
    # Its runs are held against one that works everything out: the one with which the runner warmed itself up.
    return Trials(Undisturbed(night_of_forty, folder, runner, workers=False), folder, runner)


def test_a_night_killed_fifteen_times_along_the_road_is_the_undisturbed_night(trials: Trials) -> None:
    kills = (
        at("statement", 1, like='CREATE TRIGGER "arrival'),
        at("stage", 1, like="before pipeline.night.arriving.arrive"),
        at("file", 15, like="os.rename /archive/originals"),
        at("statement", 12, like='INSERT INTO main."arrival"'),
        at("statement", 1, like="before COMMIT", late=0.0005),
        at("stage", 1, like="after pipeline.night.arriving.arrive"),
        # Within these times the workers have not read everything.
        after(CHANCE.uniform(0, 0.7)),
        after(CHANCE.uniform(0.3, 0.7), orphans=True),
        at("statement", 2, like="before COMMIT"),
        at("stage", 1, like="after pipeline.night.deciding.judge_pending"),
        at("file", 1, like="os.rename /outbox/tong_hop"),
        at("stage", 1, like="after pipeline.night.publishing.publish"),
        # The record of this run, before anything else.
        at("file", 1, like="os.rename /outbox/nhat_ky"),
        at("file", 8, like="os.rename /outbox/phan_hoi"),
        at("stage", 1, like="after pipeline.night.replying.give_feedback"),
    )
    assert trials.trial(Plan(kills)) == []
