"""Pictures of releases: what a page once showed in a release is shown for as long as the page is there."""

from __future__ import annotations

from collections.abc import Iterator

from kb.pages.base import KnowledgePage
from kb.publishing.models import Release
from kb.publishing.rendering import release_page
from studios.pictures import Use, pictures_in

RELEASE = "release"
BATCH = 100


def release_pictures() -> Iterator[Use]:
    """All pictures of all releases whose page is there."""
    for model in KnowledgePage.__subclasses__():
        pages = dict(model.objects.values_list("page_key", "pk"))
        rows = Release.objects.filter(
            page_type__model=model._meta.model_name, page_type__app_label=model._meta.app_label
        )
        for release in rows.defer("text").select_related("page_type").iterator(chunk_size=BATCH):
            page_id = pages.get(release.page_key)
            if page_id is not None:
                yield from (Use(pk, page_id, RELEASE) for pk in pictures_in(release_page(release)))
