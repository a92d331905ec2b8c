"""The engine in use: embedded, or Elasticsearch where `SEARCH_URL` says so."""

from __future__ import annotations

from functools import lru_cache

from django.conf import settings
from django.utils.module_loading import import_string

from search.engines.contract import Engine

ENGINES = {
    "embedded": "search.engines.embedded.EmbeddedEngine",
    "elasticsearch": "search.engines.elastic.ElasticEngine",
}


def get_engine() -> Engine:
    """The engine of the settings, one a process."""
    return _engine(settings.SEARCH_URL, str(settings.SEARCH_EMBEDDED_PATH))


@lru_cache(maxsize=4)
def _engine(url: str, _path: str) -> Engine:
    engine: Engine = import_string(ENGINES["elasticsearch" if url else "embedded"])()
    return engine
