"""Where files lie: outside everything that is served by path."""

from __future__ import annotations

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.utils.functional import cached_property


class PrivateStorage(FileSystemStorage):
    """A directory that has no address: files leave it only through a view."""

    @cached_property
    def base_location(self) -> str:
        return str(self._location or settings.FILES_ROOT)

    def url(self, name: str | None) -> str:
        """Raises NotImplementedError: Wagtail then streams the file itself."""
        raise NotImplementedError("files have no address of their own")


def files_storage() -> Storage:
    """`STORAGES["files"]` where it is set (an object store that gives no public address), else a directory."""
    return storages["files"] if "files" in storages.backends else PrivateStorage()
