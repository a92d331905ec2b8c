"""Writes of `search`: what changed, what is to be sent again. Call inside the transaction of the change."""

from search.services.objects import objects_changed, objects_ensure, objects_retry
from search.sync.drain import DrainReport, drain_once

__all__ = ["DrainReport", "drain_once", "objects_changed", "objects_ensure", "objects_retry"]
