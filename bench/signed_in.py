"""People who are signed in, and what one page costs in this process."""

from __future__ import annotations

import statistics
import time

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.people import UserFactory

ROUNDS = 15


def cookies(count: int) -> list[str]:
    """Session keys of that many new people."""
    keys = []
    for _ in range(count):
        client = Client()
        client.force_login(UserFactory())
        keys.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
    return keys


def queries_and_cpu(path: str, cookie: str) -> tuple[int, float]:
    """Queries of a warm request, and the median processor time of some, in milliseconds."""
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = cookie
    for _ in range(3):
        answer = client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{path}: {answer.status_code}")
    with CaptureQueriesContext(connection) as captured:
        client.get(path)
    queries = len(captured)  # now: the next request empties the log
    spent = []
    for _ in range(ROUNDS):
        start = time.process_time()
        client.get(path)
        spent.append(time.process_time() - start)
    return queries, statistics.median(spent) * 1000
