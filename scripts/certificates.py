"""A certificate authority for servers that a run starts for itself, made by the `openssl` of the system."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

from scripts.servers import Missing

DAYS = "2"
_KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]


class Authority:
    """A private authority in a directory; `certificate` is the file that clients trust."""

    def __init__(self, place: Path, name: str = "chuancheng test authority") -> None:
        self.place = place
        self.certificate, self._key = place / "ca.pem", place / "ca.key"
        _openssl("-subj", f"/CN={name}", "-keyout", self._key, "-out", self.certificate)

    def issue(self, name: str) -> tuple[Path, Path]:
        """A key and a certificate for a server on the loopback address."""
        key, certificate = self.place / f"{name}.key", self.place / f"{name}.pem"
        _openssl(
            "-subj", f"/CN={name}", "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost",
            "-addext", "basicConstraints=critical,CA:FALSE",
            "-CA", self.certificate, "-CAkey", self._key, "-keyout", key, "-out", certificate,
        )  # fmt: skip
        return key, certificate


def _openssl(*arguments: str | Path) -> None:
    program = shutil.which("openssl")
    if program is None:
        raise Missing("openssl is missing. Install it: bash scripts/ci_install.sh")
    command = [program, "req", "-x509", "-days", DAYS, *_KEY, *arguments]
    subprocess.run(command, check=True, capture_output=True, timeout=60)
