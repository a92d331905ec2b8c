"""Two states of a knowledge page, compared place by place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from kb.publishing.differences import Difference, Place, places_compare, told_shortly
from kb.publishing.models import Release
from kb.publishing.rendering import release_page
from kb.publishing.selectors import latest_release


def page_places(page: Any) -> list[Place]:
    """The page's places with their pictures, and what surrounds the text: title, files, for whom it is."""
    pictures = _pictures_by_place(page)
    text = [Place(place.locator, place.label, place.text, pictures.pop(place.locator, ())) for place in page.places()]
    return [
        Place("title", _("标题"), page.title),
        *text,
        Place("pictures", _("图片"), "", pictures.get("pictures", ())),
        Place("files", _("文件和视频"), "\n".join(_files(page))),
        Place("about", _("工种、设备和标签"), "、".join(_about(page))),
    ]


def _pictures_by_place(page: Any) -> dict[str, tuple[int, ...]]:
    found: dict[str, tuple[int, ...]] = {}
    for block in getattr(page, "steps", ()):
        figures = (block.value.right_figure, block.value.wrong_figure)
        found[f"step:{block.id}"] = tuple(figure["picture"].pk for figure in figures if figure)
    for block in getattr(page, "sections", ()):
        found[f"section:{block.id}"] = tuple(item["picture"].pk for item in block.value["pictures"] if item["picture"])
    loose = getattr(page, "pictures", ())
    found["pictures"] = tuple(block.value["picture"].pk for block in loose if block.value["picture"])
    return found


def _files(page: Any) -> Iterator[str]:
    for block in page.attachments:
        document = block.value["file" if block.block_type == "file" else "video"]
        if document is not None:
            yield document.title


def _about(page: Any) -> Iterator[str]:
    for name in ("trades", "equipment", "tags"):
        yield from (str(item) for item in getattr(page, name).all())


def draft_compared(draft: Any) -> tuple[Release | None, list[Difference]]:
    """A draft against what readers see now: the newest release (None where there is none) and what differs."""
    release = latest_release(draft.page_key)
    before = page_places(release_page(release)) if release else []
    return release, places_compare(before, page_places(draft))


def releases_compared(before: Release, after: Release) -> list[Difference]:
    """Two releases of a page, or of a page and what it became."""
    return places_compare(page_places(release_page(before)), page_places(release_page(after)))


def change_in_a_line(release: Release | None, differences: list[Difference]) -> str:
    """What differs in one line, for a list."""
    names = {
        "new": _("第一次提交"),
        "none": _("内容没有变化"),
        "added": _("新增 "),
        "removed": _("删去 "),
        "changed": _("改了 "),
        "moved": _("移动 "),
        "separator": _("，"),
        "more": _(" 等"),
    }
    return told_shortly(differences, is_new=release is None, names=names)
