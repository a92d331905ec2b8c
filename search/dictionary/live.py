"""The dictionary of this process follows the database: built apart, then swapped; nobody waits for it."""

from __future__ import annotations

import logging
import threading

from search.analysis import dictionary
from search.dictionary import selectors

log = logging.getLogger(__name__)

_building = threading.Lock()


def follow() -> bool:
    """Takes over a change of the dictionary, if there was one; gives whether this process has a new one now.

    One small query where nothing changed; else some 0.2 s, in which other threads go on with the former one. Where
    building fails the former one stays.
    """
    if selectors.version_stamp() == dictionary.version_in_use():
        return False
    with _building:
        # The stamp first: what is committed meanwhile is taken in, and built once more in the next round.
        stamp = selectors.version_stamp()
        if stamp == dictionary.version_in_use():
            return False
        found = selectors.approved_contents()
        dictionary.use(dictionary.built(stamp, found.terms, found.synonyms, found.abbreviations))
    log.info("dictionary %s is in use", stamp)
    return True
