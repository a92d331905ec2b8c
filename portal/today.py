"""What waits for a person today, most urgent first. Each source gives its own things; the page shows three."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from courses.tracking.selectors import learning_cards
from kb.models import Notice
from kb.publishing.queue import in_work_for, notices_for, queue_for
from people.access import has_role, roles_of, units_within_reach
from people.models import Role, User
from search.selectors import failed_changes
from studios.models import Studio

MOST_OF_A_KIND = 5
REVIEWERS = {Role.STUDIO_HEAD, Role.EDITOR, Role.ADMINISTRATOR}


@dataclass(frozen=True)
class Task:
    """One thing to do: a sentence, where, why now, and a word of state."""

    title: Promise | str
    url: str
    icon: str
    meta: Promise | str = ""
    badge: str = ""
    badge_label: Promise | str = ""


def tasks_of(user: User) -> list[Task]:
    """All that waits for the person, in the order of the sources: others' waiting first, then one's own learning."""
    return [task for source in (*WAITING, courses_begun, texts_begun) for task in source(user)]


def waiting_for(user: User) -> list[Task]:
    """What others wait for; the start page shows learning apart."""
    return [task for source in WAITING for task in source(user)]


def courses_begun(user: User) -> list[Task]:
    """Courses to go on with, the last one first; what is still missing stands below."""
    cards = [card for card in learning_cards(user) if not card.is_done and card.resume_url]
    return [
        Task(
            _("接着学：%(title)s") % {"title": card.title},
            card.resume_url,
            "graduation-cap",
            card.reason,
            "running",
            f"{card.percent}%",
        )
        for card in cards[:MOST_OF_A_KIND]
    ]


def texts_sent_back(user: User) -> list[Task]:
    """Own texts that the reviewer wants changed; what he wrote stands below."""
    return [
        Task(
            _("按意见修改：%(title)s") % {"title": row.title},
            reverse("kb:mine"),
            "pencil",
            row.reason,
            "returned",
        )
        for row in _in_work(user)
        if row.state == "returned"
    ]


def texts_to_review(user: User) -> list[Task]:
    """Texts that wait for this person's decision, longest first; many are gathered in one line."""
    waiting = queue_for(user) if _may_review(user) else []
    tasks = [
        Task(
            _("审核：%(title)s") % {"title": row.page.draft_title},
            reverse("kb:review", args=[row.page.pk]),
            "list-checks",
            " · ".join(filter(None, [row.author.name if row.author else "", row.studio.name, row.waited])),
            "late" if row.is_long else "waiting",
            row.waited if row.is_long else "",
        )
        for row in waiting[:MOST_OF_A_KIND]
    ]
    if len(waiting) > MOST_OF_A_KIND:
        rest = len(waiting) - MOST_OF_A_KIND
        tasks.append(Task(_("还有 %(count)s 篇等您审核") % {"count": rest}, reverse("kb:queue"), "list-checks"))
    return tasks


def _may_review(user: User) -> bool:
    # A deputy holds no role: whoever is a member of a studio may be one, and the queue looks at the dates.
    return bool(roles_of(user) & REVIEWERS) or user.memberships.filter(to_date__isnull=True).exists()


def good_news(user: User) -> list[Task]:
    """Unread notices that ask for nothing more than to be read."""
    rows = notices_for(user, unread_only=True).filter(kind=Notice.Kind.RELEASED)[:MOST_OF_A_KIND]
    return [Task(row.title, reverse("kb:notice", args=[row.pk]), "bell", row.text, "released") for row in rows]


def texts_begun(user: User) -> list[Task]:
    """Own drafts that nobody has seen yet."""
    return [
        Task(_("接着写：%(title)s") % {"title": row.title}, reverse("kb:mine"), "file-text", badge="draft")
        for row in _in_work(user)
        if row.state in {"draft", "changed"}
    ][:MOST_OF_A_KIND]


def _in_work(user: User) -> list:
    return in_work_for(user, most=30) if has_role(user, Role.MASTER, Role.STUDIO_HEAD, Role.EDITOR) else []


def people_without_sign_in(user: User) -> list[Task]:
    """For those who look after people: who has never signed in and needs a printed code."""
    if not has_role(user, Role.HR):
        return []
    within = units_within_reach(user, Role.HR)
    rows = User.objects.filter(is_active=True, last_login=None, postings__to_date=None, postings__unit__in=within)
    count = rows.distinct().count()
    title = _("%(count)s 人还没有登录过") % {"count": count}
    return [Task(title, reverse("people:list"), "users", _("可以给他们打印一次性密码。"))] if count else []


def records_with_gaps(user: User) -> list[Task]:
    """For the union: studios whose record lacks the plaque, the place or the rules."""
    if not has_role(user, Role.UNIT_UNION, Role.COMPANY_UNION):
        return []
    within = units_within_reach(user, Role.UNIT_UNION, Role.COMPANY_UNION)
    lacking = Q(plaque="") | Q(place="") | Q(work_rules="") | Q(activity_rules="") | Q(management_rules="")
    rows = list(Studio.objects.filter(lacking, unit__in=within).order_by("name")[:MOST_OF_A_KIND])
    return [
        Task(
            _("补全档案：%(name)s") % {"name": row.name},
            reverse("studios:record", args=[row.pk]),
            "factory",
            _("牌子、场所或制度还没有登记齐。"),
        )
        for row in rows
    ]


def changes_not_found_yet(user: User) -> list[Task]:
    """For the administrator: changes that search could not take."""
    count = failed_changes().count() if has_role(user, Role.ADMINISTRATOR) else 0
    title = _("%(count)s 项改动没有进搜索") % {"count": count}
    return [Task(title, "/admin/search/", "triangle-alert", _("看原因，再试一次。"), "failed")] if count else []


WAITING: tuple[Callable[[User], list[Task]], ...] = (
    texts_sent_back,
    texts_to_review,
    good_news,
    changes_not_found_yet,
    people_without_sign_in,
    records_with_gaps,
)
