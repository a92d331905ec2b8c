"""A private PostgreSQL for tests and measurements: a new cluster in /tmp, gone when it stops.

    python -m scripts.postgres            starts one, prints its URL, ends with Ctrl-C

`TEST_DATABASE_URL` set: that server is used and none is started.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Self

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.places import as_user, free_port, scratch_dir, server_user
from scripts.servers import Missing, Server

APT_LINE = "apt-get install -y --no-install-recommends postgresql"


def binaries() -> Path:
    """The newest PostgreSQL's bin directory; raises Missing."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if found:
        return found[-1].parent
    in_path = shutil.which("initdb")
    if in_path:
        return Path(in_path).resolve().parent
    raise Missing(f"PostgreSQL is missing. Install it: {APT_LINE}")


class Postgres(Server):
    """Context manager; `url` is a DATABASE_URL of the maintenance database."""

    def start(self) -> Self:
        """Makes the cluster, starts it, waits until it answers. Raises Missing, RuntimeError."""
        given = os.environ.get("TEST_DATABASE_URL")
        if given:
            self.url, self.version = given, "given by TEST_DATABASE_URL"
            return self
        bin_dir, user = binaries(), server_user("postgres")
        self._place = scratch_dir("pg", user)
        data, port = self._place / "data", free_port()
        subprocess.run(
            [bin_dir / "initdb", "-D", data, "-U", "postgres", "--auth=trust", "--no-sync", "-E", "UTF8", "--locale=C.UTF-8"],
            check=True, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, cwd="/", **as_user(user),
        )  # fmt: skip
        options = {
            "port": port, "listen_addresses": "127.0.0.1", "unix_socket_directories": str(self._place),
            "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_connections": 60,
            "shared_buffers": "128MB",
        }  # fmt: skip
        arguments = [part for key, value in options.items() for part in ("-c", f"{key}={value}")]
        log = (self._place / "log").open("wb")
        self._process = subprocess.Popen(
            [bin_dir / "postgres", "-D", data, *arguments],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", start_new_session=True, **as_user(user),
        )  # fmt: skip
        self._wait(bin_dir, port)
        self.url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
        self.version = subprocess.run(
            [bin_dir / "postgres", "--version"], check=True, capture_output=True, text=True
        ).stdout.strip()
        return self

    def _wait(self, bin_dir: Path, port: int) -> None:
        assert self._process is not None and self._place is not None
        for _attempt in range(300):
            ready = subprocess.run([bin_dir / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)], check=False)
            if ready.returncode == 0:
                return
            if self._process.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError(f"PostgreSQL did not start: {(self._place / 'log').read_text()[-2000:]}")

    def kill(self) -> None:
        """Ends the server at once; the cluster stays."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT)
            try:
                self._process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            self._process = None


if __name__ == "__main__":
    with Postgres() as server:
        print(server.version, server.url, flush=True)
        try:
            signal.pause()
        except KeyboardInterrupt:
            pass
