"""Reads that other packages use."""

from kb.publishing.selectors import latest_numbers, latest_release, release_get, releases_of

__all__ = ["latest_numbers", "latest_release", "release_get", "releases_of"]
