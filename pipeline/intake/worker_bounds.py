"""Makes a process one that may die: its memory and processor time bounded where the system can, its words silenced."""

import contextlib
import os
import signal
import struct
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

if sys.platform == "win32":
    import ctypes
    from ctypes import wintypes
else:
    import resource

T = TypeVar("T")

_ONE_THREAD = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
"""A numerical library reserves address space for each thread that it might use, one a core."""


def prepare_worker(memory_bytes: int) -> None:
    """Make this process one that may die: bound its memory, and silence its last words.

    POSIX bounds the address space, Windows by a job object the memory committed; macOS refuses, and there the
    inspection and the block check must do. Rust writes panics and failed allocations to standard error, where they
    would end up on the operator's screen.
    """
    quiet = os.open(os.devnull, os.O_WRONLY)
    os.dup2(quiet, 2)
    os.close(quiet)
    os.environ.update(dict.fromkeys(_ONE_THREAD, "1"))
    _bound_memory(memory_bytes)


def bounded(seconds: float, task: Callable[..., T], *arguments: object) -> T:
    """In a worker: what the task gives, which has so many seconds of processor time, rounded; beyond, it is ended.

    A busy machine makes a task late, but does not use up its time: the same file gets the same verdict.
    """
    _bound_processor(seconds)
    return task(*arguments)


if sys.platform == "win32":
    _EXTENDED_LIMITS = 9
    _LIMIT_PROCESS_MEMORY = 0x100
    # JOBOBJECT_EXTENDED_LIMIT_INFORMATION as winnt.h has it, which begins with the basic one and IO_COUNTERS: the flags
    # are its third number, the memory of a process the sixteenth.
    _LIMITS = struct.Struct("2qI2NIN2I6Q4N")

    ENDED_BY_ITS_TIME: Final = 1816  # ERROR_NOT_ENOUGH_QUOTA; no such limit is set here yet
    PATIENCE: Final = 1
    """How many times its seconds a task may be at work by the clock, which alone bounds it here."""

    def _bound_processor(_: float) -> None:
        pass

    def _bound_memory(memory_bytes: int) -> None:
        """Put this process into a job of its own, whose handle stays open until the process ends.

        Where a job may not be made or joined (a service that forbids nested jobs), the process goes on without.
        """
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.argtypes = (wintypes.LPVOID, wintypes.LPCWSTR)
        kernel.CreateJobObjectW.restype = wintypes.HANDLE
        kernel.SetInformationJobObject.argtypes = (wintypes.HANDLE, ctypes.c_int, wintypes.LPVOID, wintypes.DWORD)
        kernel.AssignProcessToJobObject.argtypes = (wintypes.HANDLE, wintypes.HANDLE)
        kernel.GetCurrentProcess.restype = wintypes.HANDLE
        job = kernel.CreateJobObjectW(None, None)
        limits = _LIMITS.pack(0, 0, _LIMIT_PROCESS_MEMORY, *[0] * 12, memory_bytes, 0, 0, 0)
        if job and kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, limits, len(limits)):
            kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
else:
    ENDED_BY_ITS_TIME: Final = -signal.SIGXCPU
    """The exit code of a process that used up its processor time."""
    PATIENCE: Final = 10
    """How many times its seconds a task may be at work by the clock: it may have to wait for a processor."""

    def _bound_processor(seconds: float) -> None:
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        bound = max(1, round(time.process_time() + seconds))
        resource.setrlimit(resource.RLIMIT_CPU, (bound if hard == resource.RLIM_INFINITY else min(bound, hard), hard))

    def _bound_memory(memory_bytes: int) -> None:
        """Bound what is allocated from now on: how much the fork server has imported is no file's fault."""
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        bound = _allocated() + memory_bytes
        bound = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
        with contextlib.suppress(ValueError, OSError):  # macOS knows the bound and refuses it
            resource.setrlimit(resource.RLIMIT_AS, (bound, hard))

    def _allocated() -> int:
        """The address space of this process in bytes; 0 where the system does not tell."""
        try:
            pages = Path("/proc/self/statm").read_bytes().split()[0]
        except OSError:
            return 0
        return int(pages) * resource.getpagesize()
