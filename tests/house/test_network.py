"""The guard of the tests' network."""

import socket

import pytest

from tests.network import ReachedOut


def test_a_foreign_address_cannot_be_reached():
    with socket.socket() as sock, pytest.raises(ReachedOut):
        sock.connect(("192.0.2.1", 80))


def test_a_foreign_name_is_not_even_looked_up():
    with pytest.raises(ReachedOut):
        socket.create_connection(("example.com", 80))


def test_loopback_is_free():
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        socket.create_connection(server.getsockname()).close()
