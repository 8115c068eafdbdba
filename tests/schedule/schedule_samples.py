"""Timetables as the tests use them."""

from pipeline.desk.schedulers.timetable import Timetable
from pipeline.settings import Schedule

ODD = 'Sở "A" & B 100% $HOME'
"""A folder whose name means something to every scheduler and every shell."""


def timetable(program: str = "/opt/qms/bin/python", workspace: str = "/srv/QMS", **schedule: object) -> Timetable:
    command = (program, "-m", "pipeline", "run", "--workspace", workspace)
    return Timetable(command, Schedule.model_validate(schedule), "tu.ltc")
