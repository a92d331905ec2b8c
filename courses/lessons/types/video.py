"""Video: a share of its distinct seconds was watched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import StreamField

from courses.lessons.mp4 import mp4_duration_ms
from courses.lessons.pages import LessonPage
from courses.lessons.registry import lesson_type
from courses.lessons.rules import video_rule
from kb.files.reading.films import page_film_passages
from kb.models import File
from search.registry import Passage


def video_words(params: Mapping[str, Any]) -> str:
    """The rule of a video in words."""
    return str(_("看完 %(percent)s%% 的画面，重复看的不重复算") % {"percent": params["threshold_percent"]})


class ChapterBlock(blocks.StructBlock):
    """A chapter: from which second, and what it shows."""

    seconds = blocks.IntegerBlock(label=_("从第几秒"), min_value=0)
    title = blocks.CharBlock(label=_("章节"), max_length=80)

    class Meta:
        label = _("章节")
        icon = "time"


@lesson_type
class VideoLessonPage(LessonPage):
    """A video lesson (视频), a file of the knowledge base with subtitles and chapters."""

    type_key = "video"
    type_label = _("视频")
    type_icon = "play"
    player_template = "courses/lessons/video.html"
    can_be_played = True
    rule = staticmethod(video_rule)
    rule_words = staticmethod(video_words)

    video = models.ForeignKey(File, models.PROTECT, related_name="+", verbose_name=_("视频文件（MP4）"))
    subtitles = models.ForeignKey(
        File, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("字幕文件（VTT）")
    )
    poster = models.ForeignKey(
        "studios.Picture", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("封面")
    )
    duration_seconds = models.PositiveIntegerField(
        _("长度（秒）"), default=0, help_text=_("填 0 则从文件中读取。"), validators=[MaxValueValidator(6 * 3600)]
    )
    threshold_percent = models.PositiveSmallIntegerField(
        _("看完多少算完成（%）"), default=90, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    chapters = StreamField([("chapter", ChapterBlock())], blank=True, verbose_name=_("章节"))

    content_panels = [
        *LessonPage.content_panels,
        FieldPanel("video"),
        FieldPanel("subtitles"),
        FieldPanel("poster"),
        FieldPanel("introduction"),
        FieldPanel("chapters"),
        *LessonPage.lesson_panels,
        MultiFieldPanel([FieldPanel("duration_seconds"), FieldPanel("threshold_percent")], heading=_("完成条件")),
    ]

    class Meta:
        verbose_name = _("视频课")
        verbose_name_plural = _("视频课")

    def clean(self) -> None:
        """Reads the length from the file where the author left it out; without a length nothing can be judged."""
        super().clean()
        if not self.duration_seconds and self.video_id:
            with self.video.file.open("rb") as handle:
                self.duration_seconds = -(-mp4_duration_ms(handle) // 1000)
            if not self.duration_seconds:
                raise ValidationError({"duration_seconds": _("读不出视频长度，请填写秒数。")})

    def rule_params(self) -> dict[str, Any]:
        return {"duration_ms": self.duration_seconds * 1000, "threshold_percent": self.threshold_percent}

    def released_content(self) -> dict[str, Any]:
        return {
            "video": self.video_id,
            "subtitles": self.subtitles_id,
            "poster": self.poster_id,
            "introduction": self.introduction,
            "duration_seconds": self.duration_seconds,
            "script": self.script,
            "chapters": [{"seconds": block.value["seconds"], "title": block.value["title"]} for block in self.chapters],
        }

    @classmethod
    def released_pictures(cls, content: Mapping[str, Any]) -> Iterable[int]:
        return [content["poster"]] if content["poster"] else []

    @classmethod
    def player_context(cls, request: HttpRequest, content: Mapping[str, Any]) -> dict[str, Any]:
        files = File.objects.in_bulk([pk for pk in (content["video"], content["subtitles"]) if pk])
        poster_field = cls._meta.get_field("poster").related_model
        return {
            "video": files.get(content["video"]),
            "subtitles": files.get(content["subtitles"]),
            "chapters": [
                {
                    "ms": c["seconds"] * 1000,
                    "title": c["title"],
                    "at": f"{c['seconds'] // 60:02d}:{c['seconds'] % 60:02d}",
                }
                for c in content["chapters"]
            ],
            "poster": poster_field.objects.filter(pk=content["poster"]).first() if content["poster"] else None,
        }

    def films(self) -> list[tuple[int, int]]:
        """The film and its subtitles, for what is found by the words spoken in it."""
        return [(self.video_id, self.subtitles_id)] if self.video_id and self.subtitles_id else []

    def search_passages(self) -> Iterable[Passage]:
        yield Passage("", "", self.introduction)
        for block in self.chapters:
            yield Passage(f"cue:{block.value['seconds'] * 1000}", block.value["title"], block.value["title"])
        yield from page_film_passages(self)
