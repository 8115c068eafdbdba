"""A warm process from which runs are forked: ``python custody_zygote.py WORKSPACE TIME …``; see custody_forking.

It imports next to nothing by itself: the worker processes of the runs import this file anew.
"""

import importlib

if __name__ == "__main__":
    importlib.import_module("custody_forking").fork_runs()
