"""Where Wagtail's own writes enter `kb`: every way to a new live state ends in `Page.save`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models.signals import post_save, pre_delete
from wagtail.models import TaskState, get_page_models
from wagtail.signals import task_submitted

from kb.files.reading.films import film_subtitles_write
from kb.files.reading.services import file_read_request, parts_clear
from kb.models import File, KnowledgePage
from kb.publishing.content import not_content
from kb.publishing.pictures import RELEASE
from kb.publishing.services import release_make, reviewers_tell
from search.services.documents import document_changed
from studios.pictures import picture_uses_add, pictures_in


def release_on_save(
    sender: type, instance: Any, raw: bool = False, update_fields: Iterable[str] | None = None, **_: Any
) -> None:
    """Makes a release in the transaction of a save that puts content live.

    Saves of single base fields are passed over: Wagtail makes them on objects that may hold a draft.
    """
    if raw or not isinstance(instance, KnowledgePage) or not instance.live:
        return
    if update_fields is not None and not_content().issuperset(update_fields):
        return
    if release_make(page=instance) is not None:
        picture_uses_add(page_id=instance.pk, source=RELEASE, picture_ids=pictures_in(instance))


def text_submitted(sender: type, instance: TaskState, user: Any = None, **_: Any) -> None:
    """A text was put before the reviewers, from the editor or from the author's own list."""
    page = instance.workflow_state.content_object
    if isinstance(page.specific, KnowledgePage):
        reviewers_tell(page=page, actor=user)


def file_saved(
    sender: type, instance: File, raw: bool = False, update_fields: Iterable[str] | None = None, **_: Any
) -> None:
    """A file was uploaded or replaced: it is to be read. Asked in the transaction of its save."""
    if not raw and instance.file:
        file_read_request(file_id=instance.pk)


def films_on_save(sender: type, instance: Any, raw: bool = False, **_: Any) -> None:
    """A page that may show films was saved: what is said in them is found while it is live."""
    if not raw:
        film_subtitles_write(page=instance, pairs=instance.films() if instance.live else ())


def file_deleting(sender: type, instance: File, **_: Any) -> None:
    """Pictures of its pages go with a file; films and subtitles that belonged to it are found otherwise from now on."""
    parts_clear(file=instance)
    # While it is still known what belongs together: after it is gone, so are the rows that say it.
    document_changed(document=instance)


def films_on_delete(sender: type, instance: Any, **_: Any) -> None:
    """What is said in films is no longer shown by a page that goes."""
    film_subtitles_write(page=instance, pairs=())


def connect() -> None:
    """Called once when the app is ready."""
    for model in KnowledgePage.__subclasses__():
        post_save.connect(release_on_save, sender=model, dispatch_uid=f"kb.release.{model.__name__}")
    for model in get_page_models():
        if hasattr(model, "films"):
            post_save.connect(films_on_save, sender=model, dispatch_uid=f"kb.films.{model._meta.label}")
            pre_delete.connect(films_on_delete, sender=model, dispatch_uid=f"kb.films_gone.{model._meta.label}")
    post_save.connect(file_saved, sender=File, dispatch_uid="kb.file_saved")
    pre_delete.connect(file_deleting, sender=File, dispatch_uid="kb.file_deleting")
    task_submitted.connect(text_submitted, dispatch_uid="kb.submitted")
