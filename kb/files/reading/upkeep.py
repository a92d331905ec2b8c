"""Keeps the queue of readings whole: what was interrupted is taken up again, what was never asked for is asked for."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django_tasks import task_backends
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.models import DBTaskResult

from kb.files.models import File
from kb.files.reading import rules
from kb.files.reading.models import FileReading, ReadingState
from kb.files.reading.services import file_read, file_read_request, reading_enqueue
from search.services import objects_changed


def files_request(*, which: str) -> int:
    """Asks for files to be read: `new` (never asked for), `failed` (not or only partly read), `all`; gives how many."""
    files = File.objects.order_by("pk")
    if which == "new":
        files = files.filter(reading=None)
    elif which == "failed":
        files = files.filter(reading__state__in=[ReadingState.FAILED, ReadingState.REFUSED, ReadingState.PARTLY])
    return sum(file_read_request(file_id=pk, anew=True) for pk in list(files.values_list("pk", flat=True)))


def readings_due() -> int:
    """Puts into the queue what should be there and is not; gives how many.

    That is: files that nobody asked for (they came before the reading did), readings whose worker died, retries whose
    hour came, and all that wait while the queue is empty (a restored database, a demo just loaded, a lost task).
    """
    now = timezone.now()
    died = FileReading.objects.filter(state=ReadingState.RUNNING, lease_until__lt=now)
    waiting = FileReading.objects.filter(state=ReadingState.WAITING).filter(
        Q(next_try_at__isnull=True) | Q(next_try_at__lte=now)
    )
    count = files_request(which="new") + sum(_taken_up(pk) for pk in list(died.values_list("pk", flat=True)))
    if count == 0 and _queue_is_empty():
        for file_id in list(waiting.values_list("file_id", flat=True)):
            reading_enqueue(file_id)
            count += 1
    return count


@transaction.atomic
def _taken_up(reading_id: int) -> bool:
    """Back into the queue; at the third death the file is said to be at fault."""
    reading = FileReading.objects.select_for_update().filter(pk=reading_id, state=ReadingState.RUNNING).first()
    if reading is None or (reading.lease_until and reading.lease_until > timezone.now()):
        return False
    reading.lease_until = None
    if reading.attempts >= rules.MOST_DEATHS:
        reading.state, reading.reason, reading.finished_at = ReadingState.FAILED, "worker", timezone.now()
        reading.save()
        objects_changed("file", [str(reading.file_id)])
        return False
    reading.state = ReadingState.WAITING
    reading.save()
    file_id = reading.file_id
    transaction.on_commit(lambda: reading_enqueue(file_id))
    return True


def readings_now() -> Iterator[FileReading]:
    """Reads all that waits, here and now."""
    for file_id in list(FileReading.objects.filter(state=ReadingState.WAITING).values_list("file_id", flat=True)):
        reading = file_read(file_id=file_id)
        if reading is not None:
            yield reading


def database_queue_is_used() -> bool:
    """False where tasks run at once (tests, measurements)."""
    return isinstance(task_backends["files"], DatabaseBackend)


def _queue_is_empty() -> bool:
    return not DBTaskResult.objects.filter(backend_name="files", status__in=["READY", "RUNNING"]).exists()
