"""First thing in the process that may be killed: takes its rights away, then reads the job or becomes the converter.

`python -I launch.py '{"limits…"}' read` runs the job of the present directory; `… run COMMAND …` becomes the command.
Standard library alone: this is loaded by path, before anything may be imported.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1
PR_SET_NO_NEW_PRIVS = 38
CLONE_NEWUSER = 0x10000000
CLONE_NEWNET = 0x40000000


def limits_apply(limits: dict[str, Any]) -> None:
    """Memory and written bytes in bytes, processor time in seconds; no core, no new rights, gone with its parent."""
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if libc.unshare(CLONE_NEWNET) != 0:
        # Without the right to do so alone, together with a user of its own; where neither is allowed the clean
        # environment (no proxies, nothing to sign in with) has to do.
        libc.unshare(CLONE_NEWUSER | CLONE_NEWNET)
    for name, value in (
        (resource.RLIMIT_AS, limits["memory"]),
        (resource.RLIMIT_CPU, limits["cpu"]),
        (resource.RLIMIT_FSIZE, limits["written"]),
        (resource.RLIMIT_NOFILE, 256),
        (resource.RLIMIT_CORE, 0),
    ):
        _soft, most = resource.getrlimit(name)
        wanted = value if most == resource.RLIM_INFINITY else min(value, most)
        resource.setrlimit(name, (wanted, wanted))
    os.nice(5)


def main(arguments: list[str]) -> int:
    """Gives the exit code of the reading; does not come back where it becomes a command."""
    limits_apply(json.loads(arguments[0]))
    if arguments[1] == "run":
        os.execvp(arguments[2], arguments[2:])  # noqa: S606 - the caller names the program, never a file's content
    sys.path.insert(0, str(Path(__file__).resolve().parents[4]))
    from kb.files.reading.child.job import run

    return run(Path.cwd())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
