"""Pictures and files of the demo, each put in once, into its studio's collection."""

from __future__ import annotations

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile

from kb.models import File
from people.models import User
from portal.demo.loader.content import FILES, Data, read
from studios.models import Picture, Studio


def picture_get(name: str, alt: str, studio: Studio) -> Picture:
    """The picture of that name, put in with this alternative text where it is not there yet."""
    found = Picture.objects.filter(title=name, collection=studio.collection).first()
    if found is not None:
        return found
    with (FILES / "pictures" / f"{name}.webp").open("rb") as source:
        picture = Picture(title=name, description=alt, collection=studio.collection)
        picture.file = ImageFile(source, name=f"{name}.webp")
        picture.save()
    return picture


def materials_load(studios: dict[str, Studio], people: dict[str, User]) -> dict[str, File]:
    """Files by the demo's key; subtitles stand under the key of their video with `:subtitles` behind it."""
    files: dict[str, File] = {}
    for row in read("materials")["materials"]:
        files[row["key"]] = _file(row["file"], row["title"], row, studios, people)
        if "subtitles" in row:
            title = f"{row['title']} · 字幕"
            files[f"{row['key']}:subtitles"] = _file(row["subtitles"], title, row, studios, people)
    return files


def _file(path: str, title: str, row: Data, studios: dict[str, Studio], people: dict[str, User]) -> File:
    studio, source = studios[row["studio"]], FILES / path
    document = File(title=title, collection=studio.collection, uploaded_by_user=people[row["author"]])
    document.own_audience = [f"studio:{studio.pk}"] if row.get("audience") else []
    document.file.save(source.name, ContentFile(source.read_bytes()), save=False)
    document._set_document_file_metadata()
    document.save()
    return document
