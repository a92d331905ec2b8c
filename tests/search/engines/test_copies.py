"""A copy that falls silent costs a search one wait, not its answer; those after it ask whichever is quickest."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from django.test import override_settings

from search.engines import elastic_client
from search.engines.contract import EngineUnavailable
from search.engines.elastic import ElasticEngine
from tests.search.engines.pieces import find, keys, piece, put

pytestmark = [
    pytest.mark.elasticsearch,
    pytest.mark.parametrize("engine", ["elasticsearch"], indirect=True),
]
PATIENCE_SECONDS = 1.0


class Relay(ThreadingHTTPServer):
    """Stands before the real server; with `silent` set, searches that name it in their address are never answered."""

    daemon_threads = True

    def __init__(self, to: str) -> None:
        super().__init__(("127.0.0.1", 0), Passing)
        self.to = urlsplit(to).netloc
        self.silent = ""
        self.asked: list[str] = []
        self.over = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class Passing(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Relay

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if "/_search" in self.path:
            self.server.asked.append(self.path)
        if self.server.silent and self.server.silent in self.path:
            self.server.over.wait(30)
            self.close_connection = True
            return
        onward = http.client.HTTPConnection(self.server.to, timeout=30)
        onward.request(
            self.command, self.path, body, {name: value for name, value in self.headers.items() if name != "Host"}
        )
        answer = onward.getresponse()
        told = answer.read()
        self.send_response(answer.status)
        for name, value in answer.getheaders():
            if name.lower() not in {"transfer-encoding", "content-length"}:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)
        onward.close()

    do_GET = do_PUT = do_POST

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def relay(elasticsearch_url: str) -> Iterator[Relay]:
    server = Relay(elasticsearch_url)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.over.set()
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def asking(engine: ElasticEngine, index: str, relay: Relay, monkeypatch: pytest.MonkeyPatch) -> ElasticEngine:
    """The engine of the test through the relay, impatient; one piece is in its index."""
    put(engine, index, piece("plug", "木塞堵漏", "先敲木塞"))
    monkeypatch.setattr(elastic_client, "READ_SECONDS", PATIENCE_SECONDS)
    with override_settings(SEARCH_URL=relay.url):
        made = ElasticEngine(engine._prefix)
    assert keys(find(made, "堵漏")) == ["plug"]
    return made


def test_the_same_question_goes_to_the_same_copy(asking: ElasticEngine, relay: Relay) -> None:
    relay.asked.clear()
    find(asking, "堵漏")
    find(asking, "堵漏")
    assert len({path for path in relay.asked if "preference=q" in path}) == 1


def test_a_search_whose_copy_is_silent_is_answered_by_another(asking: ElasticEngine, relay: Relay) -> None:
    relay.silent = "preference=q"
    begun = time.monotonic()
    assert keys(find(asking, "堵漏")) == ["plug"]
    assert PATIENCE_SECONDS <= time.monotonic() - begun < 3 * PATIENCE_SECONDS
    relay.asked.clear()
    assert keys(find(asking, "木塞")) == ["plug"]
    assert relay.asked
    assert not any("preference=q" in path for path in relay.asked)


def test_after_a_while_each_question_has_its_copy_again(asking: ElasticEngine, relay: Relay) -> None:
    relay.silent = "preference=q"
    find(asking, "堵漏")
    relay.silent = ""
    asking._copies._now = lambda: time.monotonic() + 61
    relay.asked.clear()
    find(asking, "堵漏")
    assert all("preference=q" in path for path in relay.asked)


def test_where_no_copy_answers_the_search_ends_within_its_bound(asking: ElasticEngine, relay: Relay) -> None:
    relay.silent = "/_search"
    begun = time.monotonic()
    with pytest.raises(EngineUnavailable):
        find(asking, "堵漏")
    assert time.monotonic() - begun < PATIENCE_SECONDS * (elastic_client.RETRIES + 1) + 2
