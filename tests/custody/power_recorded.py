"""The night that strace watches: ``python power_recorded.py WORKSPACE TIME``; see power_trace.

Read and marked without worker processes, which write nothing into a workspace.
"""

import sys

from custody_reading import reading_here

from pipeline.cli import main as qms

if __name__ == "__main__":
    with reading_here():
        sys.exit(qms(["run", "--workspace", sys.argv[1], "--as-of", sys.argv[2], "--json"]))
