"""Background work of reading: a backend of its own, so that a long book holds up nothing else."""

from __future__ import annotations

from django_tasks import task

from kb.files.reading import services


@task(backend="files")
def file_read_run(file_id: int) -> None:
    """Reads one file."""
    services.file_read(file_id=file_id)
