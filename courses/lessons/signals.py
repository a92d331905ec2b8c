"""Where Wagtail's own writes change what is live; each receiver only calls a service."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page
from wagtail.signals import post_page_move

from courses.lessons.pages import CoursePage, LessonPage
from courses.lessons.services import course_release_refresh
from search.services.pages import subtree_changed


def _refresh(course_id: int) -> None:
    user = get_active_log_context().user
    course_release_refresh(course_id=course_id, actor=user if user is not None and user.pk else None)


def _course_id(page: LessonPage) -> int | None:
    return CoursePage.objects.filter(path=page.path[: -page.steplen]).values_list("pk", flat=True).first()


@receiver([post_save, post_delete], dispatch_uid="courses.page_changes_release")
def page_changed(sender: type, instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """A course or lesson page was saved (published, unpublished) or deleted, in the transaction of that write."""
    if raw:
        return
    if isinstance(instance, CoursePage):
        if "created" in kwargs:
            _refresh(instance.pk)
            if not kwargs["created"] and kwargs.get("update_fields") is None:
                # Lessons have the course's audience and show its name and trades.
                subtree_changed(page=instance)
    elif isinstance(instance, LessonPage) and (course_id := _course_id(instance)):
        _refresh(course_id)


@receiver(post_page_move, dispatch_uid="courses.move_changes_release")
def page_moved(sender: type, instance: Page, parent_page_before: Page, parent_page_after: Page, **_kwargs: Any) -> None:
    """Lessons were put into another order, or went to another course."""
    specific = instance.specific_class
    if specific is not None and issubclass(specific, LessonPage):
        for course_id in {parent_page_before.pk, parent_page_after.pk}:
            _refresh(course_id)
