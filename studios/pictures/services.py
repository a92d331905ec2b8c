"""Writes where pictures are used, in the transaction of the change that uses them."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from wagtail.models import Page

from studios.models import Picture, PictureUse, Studio, StudioPage
from studios.pictures.content import pictures_in
from studios.pictures.registry import Use, picture_sources

BATCH = 500
PAGE = "page"
STUDIO = "studio"


@transaction.atomic
def picture_uses_set(*, page_id: int, source: str, picture_ids: Collection[int]) -> None:
    """What the source shows on the page is these pictures and no others."""
    PictureUse.objects.filter(page_id=page_id, source=source).exclude(picture_id__in=list(picture_ids)).delete()
    if picture_ids:
        picture_uses_add(page_id=page_id, source=source, picture_ids=picture_ids)


def picture_uses_add(*, page_id: int, source: str, picture_ids: Iterable[int]) -> None:
    """The source shows these pictures on the page too, and will go on doing so."""
    _write({Use(pk, page_id, source) for pk in picture_ids})


def _write(uses: Collection[Use]) -> None:
    """Pictures that are gone are passed over: a text may still name them."""
    there: set[int] = set()
    wanted = sorted({use.picture_id for use in uses})
    for start in range(0, len(wanted), BATCH):
        there.update(Picture.objects.filter(pk__in=wanted[start : start + BATCH]).values_list("pk", flat=True))
    rows = [
        PictureUse(picture_id=use.picture_id, page_id=use.page_id, source=use.source)
        for use in uses
        if use.picture_id in there
    ]
    PictureUse.objects.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)


def page_pictures_write(*, page: Page) -> None:
    """A page was written: what it shows, as it stands in memory."""
    picture_uses_set(page_id=page.pk, source=PAGE, picture_ids=pictures_in(page))
    if isinstance(page, StudioPage):
        studio_pictures_write(studio=page.studio)


def studio_pictures_write(*, studio: Studio) -> None:
    """A studio's page shows the photograph of its plaque and the portraits of its leaders."""
    page_id = StudioPage.objects.filter(studio=studio).values_list("pk", flat=True).first()
    if page_id is not None:
        picture_uses_set(page_id=page_id, source=STUDIO, picture_ids=_of_studio(studio))


def _of_studio(studio: Studio) -> set[int]:
    portraits = studio.leaders.exclude(photo=None).values_list("photo_id", flat=True)
    return {*portraits, *([studio.plaque_photo_id] if studio.plaque_photo_id else [])}


@transaction.atomic
def picture_uses_refresh_all() -> int:
    """Writes all uses anew from the live pages, the studios and every registered source; gives the rows changed."""
    wanted = {use for collect in picture_sources().values() for use in collect()}
    for page in Page.objects.specific().iterator(chunk_size=BATCH):
        wanted |= {Use(pk, page.pk, PAGE) for pk in pictures_in(page)}
    for page in StudioPage.objects.select_related("studio"):
        wanted |= {Use(pk, page.pk, STUDIO) for pk in _of_studio(page.studio)}
    present = {
        Use(picture_id, page_id, source): pk
        for pk, picture_id, page_id, source in PictureUse.objects.values_list("pk", "picture", "page", "source")
    }
    gone = [pk for use, pk in present.items() if use not in wanted]
    for start in range(0, len(gone), BATCH):
        PictureUse.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    before = PictureUse.objects.count()
    _write(wanted - present.keys())
    return len(gone) + PictureUse.objects.count() - before


def picture_uses_begin() -> None:
    """After a migration: fills the empty table of a site that has pictures already.

    Not half-way (`migrate PACKAGE NAME`), where the tables are not those that the code knows.
    """
    if PictureUse._meta.db_table not in connection.introspection.table_names():
        return
    if PictureUse.objects.exists() or not Picture.objects.exists():
        return
    executor = MigrationExecutor(connection)
    if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
        picture_uses_refresh_all()
