"""Writes of reading: asked for in the transaction of the upload, done by the worker, stored in one piece."""

from __future__ import annotations

import datetime as dt
import shutil
from functools import partial
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from kb.files.models import File
from kb.files.reading import rules, sandbox
from kb.files.reading.extraction import Extracted, text_extract
from kb.files.reading.models import FilePart, FileReading, ReadingState
from kb.files.reading.parts import parts_made, parts_replace
from search.services import objects_changed


@transaction.atomic
def file_read_request(*, file_id: int, anew: bool = False) -> bool:
    """Says that a file's present content is to be read; True where it was not read yet.

    Parts of a content that was replaced go in this very transaction: nobody is shown words that the file has no more.
    Reading the same content `anew` leaves its parts standing until the new ones are there.
    """
    file = File.objects.select_for_update().get(pk=file_id)
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
    transaction.on_commit(partial(_enqueue, file_id))
    return True


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
    """In the caller's transaction: no parts."""
    FilePart.objects.filter(file=file).delete()


def _enqueue(file_id: int, run_after: dt.datetime | None = None) -> None:
    from kb.files.reading.tasks import file_read_run

    task = file_read_run if run_after is None else file_read_run.using(run_after=run_after)
    task.enqueue(file_id)


def file_read(*, file_id: int) -> FileReading | None:
    """Reads a file and stores what is in it. None where there is nothing to do: gone, read already, or being read."""
    reading = _taken(file_id)
    if reading is None:
        return None
    with sandbox.work_place() as place:
        extracted = _extracted(reading.file, place)
        return _finished(reading, extracted)


@transaction.atomic
def _taken(file_id: int) -> FileReading | None:
    now = timezone.now()
    reading = FileReading.objects.select_for_update().select_related("file").filter(file_id=file_id).first()
    if reading is None or reading.state not in (ReadingState.WAITING, ReadingState.RUNNING):
        return None
    if reading.state == ReadingState.RUNNING and reading.lease_until and reading.lease_until > now:
        return None
    reading.state = ReadingState.RUNNING
    reading.started_at, reading.lease_until, reading.next_try_at = now, now + rules.LEASE, None
    reading.attempts += 1
    reading.save()
    return reading


def _extracted(file: File, place: Path) -> Extracted:
    extension = file.file_extension.lower()
    if extension in rules.WORDLESS:
        return Extracted()
    try:
        if file.file.size > rules.MOST_BYTES:
            return Extracted(reason="too_large")
        with file.file.storage.open(file.file.name, "rb") as content, (place / "source").open("wb") as copy:
            shutil.copyfileobj(content, copy, 1024 * 1024)
    except OSError:
        return Extracted(reason="storage")
    return text_extract(place, "source", extension)


@transaction.atomic
def _finished(reading: FileReading, extracted: Extracted) -> FileReading | None:
    """Stores parts and state, unless the file was replaced meanwhile."""
    now = timezone.now()
    current = FileReading.objects.select_for_update().select_related("file").filter(pk=reading.pk).first()
    if current is None or current.file_hash != reading.file_hash:
        return None
    rows = parts_made(current.file_id, extracted.parts)
    parts_replace(file=current.file, rows=rows)
    with_text = [row for row in rows if row.text]
    current.reason = extracted.reason
    current.state = rules.state_of(extracted.reason, has_words=bool(with_text))
    current.method = rules.method_of(len(with_text), sum(row.is_ocr for row in with_text))
    current.parts = len(rows)
    current.note = "；".join(extracted.notes)[:200]
    current.finished_at, current.lease_until = now, None
    current.save()
    objects_changed("file", [str(current.file_id)])
    return current
