"""Writes of reading: asked for in the transaction of the upload, done by the worker, stored in one piece."""

from __future__ import annotations

import datetime as dt
import logging
import shutil
from functools import partial
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from wagtail.permissions import policy_registry

from kb.files.models import File
from kb.files.reading import rules, sandbox
from kb.files.reading.extraction import (
    Drawn,
    Extracted,
    modern,
    pictures_extract,
    scans_recognise,
    slides_recognise,
    text_extract,
)
from kb.files.reading.models import FilePart, FileReading, ReadingState
from kb.files.reading.page_pictures import MOST_PICTURES, picture_names, pictures_remove, pictures_store
from kb.files.reading.parts import parts_made, parts_replace, pictures_join
from people.errors import NotAllowed, NotFound
from people.logs import record
from people.models import User
from search.services.documents import document_changed

log = logging.getLogger(__name__)
CHUNK_BYTES = 1024 * 1024


@transaction.atomic
def file_read_request(*, file_id: int, anew: bool = False) -> bool:
    """Says that a file's present content is to be read; True where it was not read yet.

    Parts of a content that was replaced go in this very transaction: nobody is shown words that the file has no more.
    Reading the same content `anew` leaves its parts standing until the new ones are there.
    """
    # Not against those who only refer to the file: a worker that puts in its parts would wait for us, and we for it.
    file = File.objects.select_for_update(no_key=True).get(pk=file_id)
    content = content_key(file)
    reading = FileReading.objects.select_for_update().filter(file=file).first()
    if reading is None:
        reading = FileReading(file=file)
    elif reading.file_hash == content and not anew:
        return False
    elif reading.file_hash != content:
        parts_clear(file=file)
        reading.parts = reading.pictures = 0
    reading.file_hash = content
    reading.state, reading.reason, reading.note = ReadingState.WAITING, "", ""
    reading.attempts, reading.next_try_at, reading.lease_until = 0, None, None
    reading.queued_at, reading.started_at, reading.finished_at = timezone.now(), None, None
    reading.save()
    transaction.on_commit(partial(reading_enqueue, file_id))
    return True


@transaction.atomic
def file_read_retry(*, actor: User, file_id: int) -> FileReading:
    """Has a file read again because a person asks for it; raises NotAllowed, NotFound."""
    file = File.objects.filter(pk=file_id).first()
    if file is None:
        raise NotFound
    if not policy_registry.get_by_type(File).user_has_permission_for_instance(actor, "change", file):
        raise NotAllowed
    file_read_request(file_id=file_id, anew=True)
    record(actor=actor, action="file.read_again", target=file)
    return FileReading.objects.select_related("file").get(file=file)


def content_key(file: File) -> str:
    """Names the file's content: its hash, computed where nobody did; a file that is not there has its name."""
    if not file.file_hash:
        try:
            file._set_file_hash()
        except OSError:
            return f"missing:{file.file.name}"[:64]
        File.objects.filter(pk=file.pk).update(file_hash=file.file_hash)
    return file.file_hash


def parts_clear(*, file: File) -> None:
    """In the caller's transaction: no parts; their pictures go when it is committed."""
    _parts_put(file, [])


def reading_enqueue(file_id: int, run_after: dt.datetime | None = None) -> None:
    """Gives the worker a task; a second one for the same file finds nothing to do."""
    from kb.files.reading.tasks import file_read_run

    task = file_read_run if run_after is None else file_read_run.using(run_after=run_after)
    task.enqueue(file_id)


def file_read(*, file_id: int) -> FileReading | None:
    """Reads a file and stores what is in it. None where there is nothing to do: gone, read already, or being read.

    The words are stored as soon as they are there, so that they can be found; pictures and recognised words follow.
    """
    reading = reading_take(file_id=file_id)
    if reading is None:
        return None
    with sandbox.work_place() as place:
        try:
            return _read(reading, place)
        except OSError as error:
            # The disk, not the file: what a file causes comes back as a reason.
            log.warning("file %s was not read: %s", file_id, error)
            return reading_finish(reading=reading, found=Extracted(reason="storage"), keep=True)


def _read(reading: FileReading, place: Path) -> FileReading | None:
    extension = reading.file.file_extension.lower()
    if extension in rules.WORDLESS:
        return reading_finish(reading=reading, found=Extracted())
    if reading.file.file.size > rules.MOST_BYTES:
        return reading_finish(reading=reading, found=Extracted(reason="too_large"))
    with (
        reading.file.file.storage.open(reading.file.file.name, "rb") as content,
        (place / f"source.{extension}").open("wb") as copy,
    ):
        shutil.copyfileobj(content, copy, CHUNK_BYTES)
    extension, reason = modern(place, extension)
    if not extension:
        return reading_finish(reading=reading, found=Extracted(reason=reason))
    found = text_extract(place, f"source.{extension}", extension)
    if not words_store(reading=reading, found=found):
        return None
    if extension == "pdf":
        scans_recognise(found=found, place=place, go_on=partial(reading_hold, reading=reading))
    reading_hold(reading=reading)
    drawn = pictures_extract(place, extension, MOST_PICTURES) if found.parts else Drawn()
    if extension == "pptx":
        slides_recognise(found=found, drawn=drawn, place=place, go_on=partial(reading_hold, reading=reading))
    # Copied before the transaction begins: a hundred pictures would hold up every other writer.
    drawn.stored = pictures_store(place, drawn.pages)
    finished = reading_finish(reading=reading, found=found, drawn=drawn)
    if finished is None:
        pictures_remove(about[name] for about in drawn.stored.values() for name in ("picture", "thumbnail"))
    return finished


@transaction.atomic
def reading_take(*, file_id: int) -> FileReading | None:
    """Takes the reading of a file for this worker; None where it is not to be read, or another holds it."""
    now = timezone.now()
    reading = FileReading.objects.select_for_update(of=("self",)).select_related("file").filter(file_id=file_id).first()
    if reading is None or reading.state not in (ReadingState.WAITING, ReadingState.RUNNING):
        return None
    if reading.state == ReadingState.RUNNING and reading.lease_until and reading.lease_until > now:
        return None
    reading.state = ReadingState.RUNNING
    reading.started_at, reading.lease_until, reading.next_try_at = now, now + rules.LEASE, None
    reading.attempts += 1
    reading.save()
    return reading


def _held(reading: FileReading) -> FileReading | None:
    """The row as it is now, locked; None where the file was replaced meanwhile or another worker took it over."""
    current = FileReading.objects.select_for_update(of=("self",)).select_related("file").filter(pk=reading.pk).first()
    if current is None or current.file_hash != reading.file_hash or current.started_at != reading.started_at:
        return None
    return current


@transaction.atomic
def reading_hold(*, reading: FileReading) -> bool:
    """Holds the reading for another while; False where it is no longer this worker's."""
    current = _held(reading)
    if current is None:
        return False
    current.lease_until = timezone.now() + rules.LEASE
    current.save(update_fields=["lease_until"])
    return True


@transaction.atomic
def words_store(*, reading: FileReading, found: Extracted) -> bool:
    """Makes the words of a new content found while the reading goes on; False where it is no longer ours.

    The same content read anew keeps its parts with their pictures until all of the new ones are there.
    """
    current = _held(reading)
    if current is None:
        return False
    if FilePart.objects.filter(file_id=current.file_id).exists():
        return True
    rows = parts_made(current.file_id, found.parts)
    _parts_put(current.file, rows)
    document_changed(document=current.file)
    return True


@transaction.atomic
def reading_finish(
    *, reading: FileReading, found: Extracted, drawn: Drawn | None = None, keep: bool = False
) -> FileReading | None:
    """Stores parts, pictures and state, unless the file was replaced meanwhile. `keep`: the parts stand as they are."""
    current = _held(reading)
    if current is None:
        return None
    drawn = drawn or Drawn()
    if not keep:
        rows = pictures_join(current.file_id, parts_made(current.file_id, found.parts), drawn.stored, drawn.count)
        _parts_put(current.file, rows)
        with_text = [row for row in rows if row.text and row.is_searched]
        current.method = rules.method_of(len(with_text), sum(row.is_ocr for row in with_text))
        current.parts = sum(row.is_searched for row in rows)
        current.pictures = sum(bool(row.picture) for row in rows)
    is_silent = not keep and current.method == "none" and current.file.file_extension.lower() not in rules.WORDLESS
    current.reason = found.reason or ("no_words" if is_silent else drawn.reason)
    current.state = rules.state_of(current.reason, has_words=current.method != "none")
    current.note = "；".join(found.notes)[:200]
    now = timezone.now()
    current.finished_at, current.lease_until = now, None
    _try_again(current, now)
    current.save()
    document_changed(document=current.file)
    return current


def _try_again(reading: FileReading, now: dt.datetime) -> None:
    """What the machine caused, not the file, is tried again, later each time."""
    reading.next_try_at = rules.next_try(reading.reason, reading.attempts, now)
    if reading.next_try_at is not None:
        reading.state = ReadingState.WAITING
        transaction.on_commit(partial(reading_enqueue, reading.file_id, reading.next_try_at))


def _parts_put(file: File, rows: list[FilePart]) -> None:
    old = picture_names(file.pk)
    parts_replace(file=file, rows=rows)
    if old:
        transaction.on_commit(partial(pictures_remove, old))
