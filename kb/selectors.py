"""Reads that other packages use."""

from kb.publishing.rendering import release_page, render_release
from kb.publishing.selectors import latest_numbers, latest_release, release_get, releases_of

__all__ = ["latest_numbers", "latest_release", "release_get", "release_page", "releases_of", "render_release"]
