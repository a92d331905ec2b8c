"""Where things that outlive a run are kept, and how a server is started as somebody who is not root."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import tempfile
from pathlib import Path
from typing import Any


def cache_dir() -> Path:
    """A directory that every user of the machine may read: servers refuse to run as root.

    `CHUANCHENG_CACHE` names another place.
    """
    named = os.environ.get("CHUANCHENG_CACHE")
    if named:
        place = Path(named)
    elif os.geteuid() == 0:
        place = Path("/var/cache/chuancheng")
    else:
        place = Path.home() / ".cache" / "chuancheng"
    place.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        place.chmod(0o755)
    return place


def free_port() -> int:
    """A TCP port of the loopback address that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def server_user(*wanted: str) -> str | None:
    """The first of the wanted users that exists, or None where we are not root (then we stay who we are)."""
    if os.geteuid() != 0:
        return None
    for name in (*wanted, "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return name
    raise SystemExit("no user to run a server as; create one: useradd --system nobody")


def scratch_dir(prefix: str, user: str | None) -> Path:
    """A new directory under /tmp that belongs to the user."""
    place = Path(tempfile.mkdtemp(prefix=f"chuancheng-{prefix}-"))
    if user is not None:
        shutil.chown(place, user)
        place.chmod(0o755)
    return place


def as_user(user: str | None) -> dict[str, Any]:
    """Arguments for subprocess that drop root's rights."""
    if user is None:
        return {}
    entry = pwd.getpwnam(user)
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
