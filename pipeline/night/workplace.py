"""Where the bytes of strangers are worked on: processes of this machine, or a cluster that is named."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec

from pipeline.faults import OperatorError
from pipeline.findings import Code
from pipeline.intake.workers import Workers
from pipeline.wording import say


@contextmanager
def workers_at(cluster: str | None, here: Workers) -> Iterator[Workers]:
    """The workers of a run: those of the cluster at an address, else ``here``.

    Raises:
        OperatorError: E829, the cluster cannot be used.
    """
    if cluster is None:
        yield here
        return
    if find_spec("distributed") is None:
        raise OperatorError(Code.E829, address=cluster, reason=say("cluster.not_installed"))
    from pipeline.intake.cluster import joined

    with joined(cluster, here) as workers:
        yield workers
