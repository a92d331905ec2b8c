"""A film with the file that says its words, whichever of the two was opened."""

from __future__ import annotations

from dataclasses import dataclass

from kb.files.models import File
from kb.files.reading.films import subtitles_for
from kb.files.reading.rules import SUBTITLES, WORDLESS
from people.audience import may_see_document
from people.audience.selectors import AnyUser


@dataclass(frozen=True, slots=True)
class Film:
    """A film or sound and the file that says its words; either may be missing or not for this reader."""

    video: File | None
    subtitles: File | None

    @property
    def is_sound(self) -> bool:
        """Nothing to look at."""
        return self.video is not None and self.video.file_extension.lower() == "mp3"

    @property
    def track(self) -> File | None:
        """Subtitles that a browser shows in the film."""
        return self.subtitles if self.subtitles and self.subtitles.file_extension.lower() == "vtt" else None


def film_of(reader: AnyUser, file: File) -> Film | None:
    """The film that a file is, or whose words it holds; None for other files. The other half only if he may have it."""
    extension = file.file_extension.lower()
    if extension in WORDLESS:
        return Film(file, subtitles_for(reader, file))
    if extension in SUBTITLES:
        films = File.objects.filter(subtitled__subtitles=file).select_related("collection").distinct().order_by("pk")
        return Film(next((film for film in films if may_see_document(reader, film)), None), file)
    return None
