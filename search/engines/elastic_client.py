"""How Elasticsearch is reached: connection options, bounded patience, its errors in our words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch, NotFoundError

from search.engines.contract import EngineUnavailable, IndexMissing

READ_SECONDS = 5
WRITE_SECONDS = 30
RETRIES = 2
# What passes by itself or needs the administrator; anything else is a fault of ours and is raised as it is.
_AWAY = {401, 403, 408, 429, 502, 503, 504}


def client() -> Elasticsearch:
    """A client by the settings: SEARCH_URL (several with commas; user:password@ in each), SEARCH_API_KEY, SEARCH_CA_PATH."""
    options: dict[str, object] = {}
    if getattr(settings, "SEARCH_API_KEY", ""):
        options["api_key"] = settings.SEARCH_API_KEY
    if getattr(settings, "SEARCH_CA_PATH", ""):
        options["ca_certs"] = str(settings.SEARCH_CA_PATH)
    return Elasticsearch(
        [url.strip() for url in settings.SEARCH_URL.split(",")],
        request_timeout=READ_SECONDS,
        max_retries=RETRIES,
        retry_on_timeout=True,
        retry_on_status=(429, 502, 503, 504),
        **options,
    )


@contextmanager
def translated() -> Iterator[None]:
    """Errors of the client as EngineUnavailable and IndexMissing."""
    try:
        yield
    except NotFoundError as error:
        raise IndexMissing(str(error)) from error
    except ApiError as error:
        if error.status_code in _AWAY:
            raise EngineUnavailable(f"{error.status_code}: {error.message}") from error
        raise
    except TransportError as error:
        raise EngineUnavailable(str(error)) from error
