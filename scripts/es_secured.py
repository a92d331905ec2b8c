"""What makes an Elasticsearch of a run a guarded one: TLS by a private authority, an administrator, a user for us."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import ssl
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scripts.certificates import Authority

# What the product needs and no more (docs/operations/elasticsearch.md names the same).
ROLE: dict[str, Any] = {
    "cluster": ["monitor"],
    "indices": [{"names": ["chuancheng*"], "privileges": ["manage", "read", "write"]}],
}
_ROUNDS = 10_000


def _password() -> str:
    return secrets.token_urlsafe(18)


@dataclass(slots=True)
class Guard:
    """Names, passwords and certificates of one guarded server or cluster."""

    authority: Authority
    administrator: str = "keeper"
    administrator_password: str = field(default_factory=_password, repr=False)
    user: str = "chuancheng"
    password: str = field(default_factory=_password, repr=False)

    @property
    def trusted(self) -> Path:
        """The file that a client needs (`SEARCH_CA_PATH`)."""
        return self.authority.certificate

    def url(self, port: int) -> str:
        """Address with our user's name and password."""
        return f"https://{self.user}:{self.password}@127.0.0.1:{port}"

    def headers(self) -> dict[str, str]:
        """The administrator's, for whatever the product itself may not do."""
        told = f"{self.administrator}:{self.administrator_password}"
        return {"Authorization": f"Basic {base64.b64encode(told.encode()).decode()}"}

    def context(self) -> ssl.SSLContext:
        """Trusts our authority alone."""
        return ssl.create_default_context(cafile=str(self.trusted))

    def settle(self, config: Path, name: str) -> str:
        """Writes certificates, users and roles beside the server's configuration; gives its further settings."""
        key, certificate = self.authority.issue(name)
        for source, target in ((key, "node.key"), (certificate, "node.pem"), (self.trusted, "ca.pem")):
            (config / target).write_bytes(source.read_bytes())
        people = {self.administrator: self.administrator_password, self.user: self.password}
        (config / "users").write_text("".join(f"{who}:{_hashed(word)}\n" for who, word in people.items()))
        (config / "users_roles").write_text(f"superuser:{self.administrator}\nchuancheng:{self.user}\n")
        (config / "roles.yml").write_text(json.dumps({"chuancheng": ROLE}))
        lines = ["xpack.security.enabled: true", "xpack.security.authc.password_hashing.algorithm: pbkdf2"]
        for layer in ("transport", "http"):
            lines += [
                f"xpack.security.{layer}.ssl.enabled: true",
                f"xpack.security.{layer}.ssl.key: node.key",
                f"xpack.security.{layer}.ssl.certificate: node.pem",
                f"xpack.security.{layer}.ssl.certificate_authorities: ca.pem",
            ]
        return "\n".join(lines) + "\n"


def _hashed(password: str) -> str:
    """A password as Elasticsearch keeps it in its file of users: no further Java program has to run for it."""
    salt = secrets.token_bytes(32)
    made = hashlib.pbkdf2_hmac("sha512", password.encode(), salt, _ROUNDS, 32)
    return f"{{PBKDF2}}{_ROUNDS}${base64.b64encode(salt).decode()}${base64.b64encode(made).decode()}"
