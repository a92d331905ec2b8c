"""Releases, which are kept for good; the review before them; notices to people."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import GroupApprovalTask, Page, TaskState

from people.models import User
from studios.models import Studio


class Release(models.Model):
    """A released state of a page or course. Append-only: the database refuses change and deletion.

    `content` is the page's serialised content without its place in the tree; `text` its words, a line a place.
    """

    class Significance(models.TextChoices):
        """Whether readers of an earlier release must look again."""

        MINOR = "minor", _("小改（改错字、补说明）")
        MAJOR = "major", _("大改（做法、数值或安全要求变了）")

    page_key = models.UUIDField(_("页面"), editable=False)
    number = models.PositiveIntegerField(_("版本"))
    page_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+", verbose_name=_("类型"))
    studio = models.ForeignKey(Studio, models.PROTECT, null=True, related_name="releases", verbose_name=_("工作室"))
    title = models.CharField(_("标题"), max_length=255)
    content = models.JSONField(_("内容"))
    sha256 = models.CharField(max_length=64, editable=False)
    text = models.TextField(_("文字"), blank=True)
    significance = models.CharField(
        _("改动大小"), max_length=5, choices=Significance.choices, default=Significance.MINOR
    )
    change_note = models.TextField(_("改了什么"), blank=True)
    released_at = models.DateTimeField(_("发布时间"), default=timezone.now)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("发布人")
    )
    is_own_text = models.BooleanField(_("发布的是自己的稿件"), default=False)

    class Meta:
        verbose_name = _("发布版本")
        verbose_name_plural = _("发布版本")
        ordering = ["page_key", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["page_key", "number"], name="kb_release_number_once_a_page"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="kb_release_numbers_start_at_one"),
        ]
        indexes = [models.Index(fields=["-released_at"], name="kb_release_newest")]

    def __str__(self) -> str:
        return f"{self.title} v{self.number}"


class ReviewTask(GroupApprovalTask):
    """The review of a studio's texts. Who may review is asked of memberships on the day, not of the group alone;
    what the editor's buttons do is what our own queue does."""

    class Meta:
        verbose_name = _("负责人审核")
        verbose_name_plural = _("负责人审核")

    def user_can_access_editor(self, obj: Page, user: User) -> bool:
        from kb.publishing.access import may_review

        return may_review(user, obj)

    def locked_for_user(self, obj: Page, user: User) -> bool:
        return not self.user_can_access_editor(obj, user)

    def user_can_lock(self, obj: Page, user: User) -> bool:
        return self.user_can_access_editor(obj, user)

    def get_actions(self, obj: Page, user: User) -> list[tuple[str, Any, bool]]:
        from kb.publishing.access import review_verdict

        verdict = review_verdict(user, obj)
        if not verdict.may_review:
            return []
        actions: list[tuple[str, Any, bool]] = [("reject", _("退回修改"), True)]
        if verdict.may_release:
            actions += [("approve", _("通过并发布"), False), ("approve", _("通过并发布，附一句说明"), True)]
        return actions

    def on_action(self, task_state: TaskState, user: User, action_name: str, **kwargs: Any) -> None:
        from kb.publishing.services import review

        review.act_from_editor(task_state=task_state, actor=user, action=action_name, comment=kwargs.get("comment", ""))

    def get_task_states_user_can_moderate(self, user: User, **kwargs: Any) -> Any:
        from kb.publishing.access import reviews_for

        states = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        return states if reviews_for(user, self) else states.none()

    @classmethod
    def get_description(cls) -> str:
        return _("工作室的负责人（或代理人）审核后发布")


class Notice(models.Model):
    """A message to one person about one page, shown on his own page until it is read."""

    class Kind(models.TextChoices):
        SENT_BACK = "sent_back", _("退回修改")
        RELEASED = "released", _("已发布")
        SUBMITTED = "submitted", _("等您审核")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", verbose_name=_("给谁"))
    kind = models.CharField(_("种类"), max_length=10, choices=Kind.choices)
    title = models.CharField(_("标题"), max_length=255)
    text = models.TextField(_("内容"), blank=True)
    url = models.CharField(_("地址"), max_length=500)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name=_("来自")
    )
    sent_at = models.DateTimeField(_("发出时间"), default=timezone.now)
    read_at = models.DateTimeField(_("读过的时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("通知")
        verbose_name_plural = _("通知")
        ordering = ["-sent_at", "-pk"]
        indexes = [models.Index(fields=["person", "read_at"], name="kb_notice_unread")]

    def __str__(self) -> str:
        return self.title
