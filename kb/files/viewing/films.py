"""Which film a file of subtitles belongs to, and which subtitles a film: pages and lessons put the two together."""

from __future__ import annotations

from dataclasses import dataclass

from wagtail.models import ReferenceIndex

from kb.files.models import File
from people.audience import may_see_document
from people.audience.selectors import AnyUser

FILMS = {"mp4", "mp3"}
SUBTITLES = {"vtt", "srt"}
MOST_PAIRS = 5


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
    if extension in FILMS:
        return Film(file, _other(reader, file, "video", "subtitles", SUBTITLES))
    if extension in SUBTITLES:
        return Film(_other(reader, file, "subtitles", "video", FILMS), file)
    return None


def _other(reader: AnyUser, file: File, ours: str, theirs: str, extensions: set[str]) -> File | None:
    """What stands beside the file under the name `theirs` where the file stands under `ours`."""
    rows = ReferenceIndex.get_references_to(file).filter(content_path__endswith=ours)
    for row in rows.order_by("pk")[:MOST_PAIRS]:
        beside = ReferenceIndex.objects.filter(
            base_content_type_id=row.base_content_type_id,
            object_id=row.object_id,
            to_content_type_id=row.to_content_type_id,
            content_path=row.content_path.removesuffix(ours) + theirs,
        ).values_list("to_object_id", flat=True)
        other = File.objects.select_related("collection").filter(pk__in=list(beside)).first()
        if other is not None and other.file_extension.lower() in extensions and may_see_document(reader, other):
            return other
    return None
