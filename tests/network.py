"""No test talks to anything outside this machine."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

import pytest


class ReachedOut(AssertionError):
    """A test tried to leave the loopback address."""


def _is_here(host: Any) -> bool:
    if host is None or host in {"", "localhost", b"localhost"}:
        return True
    try:
        return ipaddress.ip_address(host.decode() if isinstance(host, bytes) else host.split("%")[0]).is_loopback
    except ValueError:
        return False


def guard(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every connect and every look-up of a foreign name raises ReachedOut."""
    connect, connect_ex, getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def check(sock: socket.socket, address: Any) -> None:
        if sock.family in {socket.AF_INET, socket.AF_INET6} and not _is_here(address[0]):
            raise ReachedOut(f"connect to {address[0]}:{address[1]}")

    def guarded_connect(sock: socket.socket, address: Any) -> Any:
        check(sock, address)
        return connect(sock, address)

    def guarded_connect_ex(sock: socket.socket, address: Any) -> Any:
        check(sock, address)
        return connect_ex(sock, address)

    def guarded_getaddrinfo(host: Any, *args: Any, **kwargs: Any) -> Any:
        if host not in {"0.0.0.0", "::"} and not _is_here(host):
            raise ReachedOut(f"look-up of {host!r}")
        return getaddrinfo(host, *args, **kwargs)

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_getaddrinfo)
