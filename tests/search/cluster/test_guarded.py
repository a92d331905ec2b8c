"""An Elasticsearch with users and TLS: by password, by API key, and what is said when one of them is wrong."""

from __future__ import annotations

import json
import logging
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client, override_settings
from elasticsearch import Elasticsearch as Administrator

from scripts.certificates import Authority
from scripts.elasticsearch import Elasticsearch
from scripts.es_secured import ROLE, Guard
from search.engines.contract import Engine, EngineUnavailable
from search.engines.elastic import ElasticEngine
from tests.factories.kb import make_method
from tests.search.engines.pieces import find, keys, piece, put

pytestmark = pytest.mark.elasticsearch
PREFIX = "chuancheng-guarded"


@pytest.fixture(scope="module")
def guard(tmp_path_factory: pytest.TempPathFactory) -> Guard:
    return Guard(Authority(tmp_path_factory.mktemp("authority")))


@pytest.fixture(scope="module")
def server(guard: Guard) -> Iterator[Elasticsearch]:
    with Elasticsearch(os.environ.get("TEST_ELASTICSEARCH_VERSION", "8"), guard=guard) as started:
        yield started


@pytest.fixture(scope="module")
def api_key(guard: Guard, server: Elasticsearch) -> str:
    """A key with our rights alone, as an administrator of the cluster gives it out."""
    administrator = Administrator(
        f"https://127.0.0.1:{server.port}",
        basic_auth=(guard.administrator, guard.administrator_password),
        ca_certs=str(guard.trusted),
        request_timeout=30,
    )
    told = administrator.security.create_api_key(name="chuancheng", role_descriptors={"chuancheng": ROLE})
    return str(told["encoded"])


def engine_by(url: str, key: str = "", authority: Path | str = "") -> ElasticEngine:
    told = {"SEARCH_URL": url, "SEARCH_API_KEY": key, "SEARCH_CA_PATH": str(authority)}
    with override_settings(SEARCH_INDEX_PREFIX=PREFIX, **told):
        return ElasticEngine()


def goes_all_the_way(engine: Engine, index: str) -> None:
    engine.index_create(index)
    engine.alias_point(index)
    put(engine, index, piece("plug", "木塞堵漏", "先敲木塞"))
    assert keys(find(engine, "堵漏")) == ["plug"]
    assert [place.text for place in engine.passages("木塞", [("method", "plug")])[("method", "plug")]] == ["先敲木塞"]
    assert [stored.key for stored in engine.stored(index)] == ["plug"]
    assert engine.status()["pieces"] == 1
    assert engine.index_names() == [index]
    engine.index_delete(index)


def test_our_user_with_our_rights_alone_goes_all_the_way(guard: Guard, server: Elasticsearch) -> None:
    goes_all_the_way(engine_by(server.url, authority=guard.trusted), f"{PREFIX}-password")


def test_an_api_key_with_our_rights_alone_goes_all_the_way(guard: Guard, server: Elasticsearch, api_key: str) -> None:
    engine = engine_by(f"https://127.0.0.1:{server.port}", api_key, guard.trusted)
    goes_all_the_way(engine, f"{PREFIX}-key")


def test_our_user_has_no_hold_on_the_indexes_of_others(guard: Guard, server: Elasticsearch) -> None:
    with pytest.raises(EngineUnavailable, match="403"):
        engine_by(server.url, authority=guard.trusted).index_create("others-1")


def test_a_wrong_password_is_told_plainly_and_stands_nowhere(
    guard: Guard, server: Elasticsearch, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = secrets.token_urlsafe(18)
    with caplog.at_level(logging.DEBUG), pytest.raises(EngineUnavailable, match="401.*password") as told:
        find(engine_by(server.url.replace(guard.password, wrong), authority=guard.trusted), "堵漏")
    assert wrong not in str(told.value) + caplog.text


def test_an_unknown_key_is_told_plainly_and_stands_nowhere(
    guard: Guard, server: Elasticsearch, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = "a2V5Om5vLXN1Y2gta2V5LWFueXdoZXJl"
    with caplog.at_level(logging.DEBUG), pytest.raises(EngineUnavailable, match="401.*API key") as told:
        find(engine_by(f"https://127.0.0.1:{server.port}", wrong, guard.trusted), "堵漏")
    assert wrong not in str(told.value) + caplog.text


def test_another_authority_is_not_trusted(server: Elasticsearch, tmp_path: Path) -> None:
    with pytest.raises(EngineUnavailable, match="SEARCH_CA_PATH"):
        find(engine_by(server.url, authority=Authority(tmp_path, "somebody else").certificate), "堵漏")


def test_a_private_authority_that_is_not_named_is_not_trusted(server: Elasticsearch) -> None:
    with pytest.raises(EngineUnavailable, match="not trusted"):
        find(engine_by(server.url), "堵漏")


@pytest.mark.django_db
def test_pages_and_health_say_nothing_of_the_password(
    guard: Guard, server: Elasticsearch, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = secrets.token_urlsafe(18)
    make_method(published=True)
    with override_settings(
        SEARCH_URL=server.url.replace(guard.password, wrong),
        SEARCH_CA_PATH=str(guard.trusted),
        SEARCH_INDEX_PREFIX=PREFIX,
    ):
        page, health = client.get("/search/", {"q": "堵漏"}), client.get("/healthz")
    assert (page.status_code, health.status_code) == (503, 503)
    assert json.loads(health.content)["search"]["ok"] is False
    told = page.content.decode() + health.content.decode() + caplog.text
    assert wrong not in told
    assert guard.user not in health.content.decode()
