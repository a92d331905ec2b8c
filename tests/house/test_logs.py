"""Logs carry the request's id and no secrets."""

from __future__ import annotations

import json
import logging
import logging.config

import pytest
from django.test import Client

from config.logs import logging_settings


@pytest.mark.django_db
def test_an_answer_carries_the_id_of_its_request(client: Client):
    assert len(client.get("/healthz/live").headers["X-Request-ID"]) == 32


@pytest.mark.django_db
def test_the_id_of_a_proxy_is_kept_when_it_is_harmless(client: Client):
    assert (
        client.get("/healthz/live", headers={"X-Request-ID": "proxy-12345678"}).headers["X-Request-ID"]
        == "proxy-12345678"
    )
    assert client.get("/healthz/live", headers={"X-Request-ID": 'x" onload="'}).headers["X-Request-ID"] != 'x" onload="'


@pytest.mark.django_db
def test_a_request_is_one_line_without_its_query(client: Client, caplog: pytest.LogCaptureFixture):
    with caplog.at_level(logging.INFO, logger="chuancheng.request"):
        client.get("/account/login/?next=/secret/")
    lines = [record for record in caplog.records if record.name == "chuancheng.request"]
    assert [(line.method, line.path, line.status) for line in lines] == [("GET", "/account/login/", 200)]
    assert "secret" not in lines[0].getMessage()


def test_the_json_form_is_one_object_a_line(capfd: pytest.CaptureFixture[str]):
    before = logging.root.handlers[:]
    try:
        logging.config.dictConfig(logging_settings("INFO", "json"))
        logging.getLogger("people").info("登录 %s", "T0001", extra={"status": 200})
        told = json.loads(capfd.readouterr().err.strip().splitlines()[-1])
    finally:
        logging.root.handlers[:] = before
    assert (told["message"], told["status"], told["level"], told["logger"]) == ("登录 T0001", 200, "INFO", "people")
    assert told["request_id"] == "-"


def test_a_worker_that_raises_its_logger_is_no_louder_than_the_site():
    assert logging_settings("WARNING", "text")["handlers"]["stderr"]["level"] == "WARNING"
