"""Jobs as the tests use them."""

from pipeline.desk.scheduling import Job
from pipeline.settings import Schedule

ODD = 'Sở "A" & B 100% $HOME'
"""A folder whose name means something to every scheduler and every shell."""


def job(program: str = "/opt/qms/bin/python", workspace: str = "/srv/QMS", **schedule: object) -> Job:
    command = (program, "-m", "pipeline", "run", "--workspace", workspace)
    return Job(command, Schedule.model_validate(schedule), "tu.ltc")
