"""How Elasticsearch is reached: connection options, bounded patience, its errors in our words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from elastic_transport import TlsError, TransportError
from elasticsearch import ApiError, Elasticsearch, NotFoundError

from search.engines.contract import EngineUnavailable, IndexMissing

READ_SECONDS = 5
WRITE_SECONDS = 30
COPIED_WITHIN = "20s"
# A write to a part of an index whose node has just gone waits so long for another node to take over.
TAKEN_OVER_WITHIN = "10s"
RETRIES = 2
# What passes by itself or needs the administrator; anything else is a fault of ours and is raised as it is.
# 500 is the server's own fault: a node that comes back refuses so what it missed.
_AWAY = {401, 403, 408, 429, 500, 502, 503, 504}
_UNREADABLE = (
    "SEARCH_URL, SEARCH_API_KEY or SEARCH_CA_PATH cannot be used: addresses are https://user:password@host:9200 (special "
    "characters of a password as %XX), the authority is a file in PEM and only goes with https."
)
_UNKNOWN = "the cluster knows no such user, password or API key. Look at SEARCH_URL and SEARCH_API_KEY."
_FORBIDDEN = "the user or API key has not the rights that docs/operations/elasticsearch.md names."
_UNTRUSTED = "The certificate of the cluster is not trusted. Look at SEARCH_CA_PATH."


def client() -> Elasticsearch:
    """A client by the settings: SEARCH_URL (several with commas; user:password@ in each), SEARCH_API_KEY, SEARCH_CA_PATH.

    Certificates are always verified. A request that a node does not answer is asked of another, `RETRIES` times at
    most. Raises ImproperlyConfigured, without saying what stands in the settings: a password may.
    """
    options: dict[str, object] = {}
    if getattr(settings, "SEARCH_API_KEY", ""):
        options["api_key"] = settings.SEARCH_API_KEY
    if getattr(settings, "SEARCH_CA_PATH", ""):
        options["ca_certs"] = str(settings.SEARCH_CA_PATH)
    try:
        return Elasticsearch(
            [url.strip() for url in settings.SEARCH_URL.split(",") if url.strip()],
            request_timeout=READ_SECONDS,
            max_retries=RETRIES,
            retry_on_timeout=True,
            retry_on_status=(429, 502, 503, 504),
            **options,
        )
    except (OSError, ValueError):
        raise ImproperlyConfigured(_UNREADABLE) from None


@contextmanager
def translated() -> Iterator[None]:
    """Errors of the client as EngineUnavailable and IndexMissing."""
    try:
        yield
    except NotFoundError as error:
        raise IndexMissing(str(error)) from error
    except ApiError as error:
        if error.status_code in _AWAY:
            raise EngineUnavailable(_refused(error)) from error
        raise
    except TlsError as error:
        raise EngineUnavailable(f"{_UNTRUSTED} {error}") from error
    except TransportError as error:
        raise EngineUnavailable(str(error)) from error


def _refused(error: ApiError) -> str:
    """What the administrator is told; the server's own reason names users and indexes, never a password."""
    if error.status_code == 401:
        return f"401: {_UNKNOWN}"
    if error.status_code == 403 and not error.body:
        return f"403: {_FORBIDDEN}"
    told = error.body.get("error") if isinstance(error.body, dict) else None
    reason = told.get("reason", "") if isinstance(told, dict) else ""
    return f"{error.status_code}: {error.message} {reason}".strip()
