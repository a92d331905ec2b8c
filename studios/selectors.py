"""Reads of `studios`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Prefetch, Q, QuerySet, Value, When
from django.utils import timezone
from wagtail.models import Page

from people.models import Unit, User
from studios import rules
from studios.models import Leader, Membership, MembershipRole, RuleSet, Studio, StudioPage


def today() -> dt.date:
    """The day in the site's time zone."""
    return timezone.localdate()


def open_on(day: dt.date) -> Q:
    """Rows with `from_date` and `to_date` that hold on the day."""
    return Q(from_date__lte=day) & (Q(to_date__isnull=True) | Q(to_date__gte=day))


def studio_of_page(page: Page) -> Studio | None:
    """The studio that a page stands under, or None above the studios."""
    if isinstance(page, StudioPage):
        return page.studio
    found = StudioPage.objects.ancestor_of(page, inclusive=True).select_related("studio").first()
    return found.studio if found else None


def studios_of(user: User, roles: Iterable[str] | None = None, day: dt.date | None = None) -> QuerySet[Studio]:
    """Studios in which the person is a member on the day, in any of the roles where given."""
    held = Membership.objects.filter(open_on(day or today()), person=user)
    if roles is not None:
        held = held.filter(role__in=list(roles))
    return Studio.objects.filter(pk__in=held.values("studio"))


def is_head(user: User, studio: Studio, day: dt.date | None = None) -> bool:
    """True where the person is a head of the studio on the day; a deputy is not."""
    return heads_of(studio, day).filter(pk=user.pk).exists()


def heads_of(studio: Studio, day: dt.date | None = None) -> QuerySet[User]:
    """The studio's heads on the day."""
    held = Membership.objects.filter(open_on(day or today()), studio=studio, role=MembershipRole.HEAD)
    return User.objects.filter(pk__in=held.values("person"), is_active=True)


def reviewers_of(studio: Studio, day: dt.date | None = None) -> QuerySet[User]:
    """Who may release the studio's texts on the day: heads, and deputies within their dates."""
    day = day or today()
    held = Membership.objects.filter(open_on(day), studio=studio).filter(
        Q(role=MembershipRole.HEAD) | Q(deputy_from_date__lte=day, deputy_to_date__gte=day)
    )
    return User.objects.filter(pk__in=held.values("person"), is_active=True)


def members_of(studio: Studio, day: dt.date | None = None) -> QuerySet[Membership]:
    """Memberships in force on the day, heads first."""
    order = {MembershipRole.HEAD: 0, MembershipRole.MASTER: 1, MembershipRole.MEMBER: 2}
    rows = studio.memberships.filter(open_on(day or today())).select_related("person")
    return rows.order_by(*_role_order(order), "from_date", "pk")


def _role_order(order: dict[MembershipRole, int]) -> list[object]:
    whens = [When(role=role, then=Value(place)) for role, place in order.items()]
    return [Case(*whens, default=Value(9), output_field=IntegerField())]


def leaders_of(studio: Studio, day: dt.date | None = None) -> QuerySet[Leader]:
    """Leaders on the day."""
    return studio.leaders.filter(open_on(day or today())).select_related("person", "photo")


def ruleset_in_force(code: str, day: dt.date | None = None) -> RuleSet | None:
    """The newest version of a rule set that holds on the day."""
    day = day or today()
    rows = RuleSet.objects.filter(code=code, effective_from_date__lte=day)
    return rows.filter(Q(effective_to_date__isnull=True) | Q(effective_to_date__gte=day)).order_by("-version").first()


def rulesets_in_force(day: dt.date | None = None) -> list[RuleSet]:
    """The newest version in force of each rule set, with its types fetched."""
    day = day or today()
    newer = RuleSet.objects.filter(code=OuterRef("code"), version__gt=OuterRef("version"), effective_from_date__lte=day)
    rows = RuleSet.objects.filter(effective_from_date__lte=day).filter(~Exists(newer))
    rows = rows.filter(Q(effective_to_date__isnull=True) | Q(effective_to_date__gte=day))
    return list(rows.prefetch_related("types"))


def record_gaps(studio: Studio, ruleset: RuleSet, day: dt.date | None = None) -> list[rules.Gap]:
    """What the studio's record lacks under the rule set."""
    facts = rules.RecordFacts(
        members=members_of(studio, day).count(),
        honour_levels=[leader.honour_level for leader in leaders_of(studio, day)],
        has_plaque=bool(studio.plaque),
        has_place=bool(studio.place),
        has_rules=all((studio.work_rules, studio.activity_rules, studio.management_rules)),
        types=studio.types.count(),
    )
    return rules.record_gaps(facts, min_members=ruleset.min_members, min_honour=ruleset.min_honour)


def studios_listed(
    *, text: str = "", unit: Unit | None = None, level: str = "", state: str = "", type_id: int | None = None
) -> QuerySet[Studio]:
    """The union's list: filters combined, leaders and unit fetched, member counts annotated."""
    day = today()
    rows = Studio.objects.select_related("unit", "page").prefetch_related(
        Prefetch("leaders", Leader.objects.filter(open_on(day)).select_related("person"), to_attr="leaders_now"),
        "types",
    )
    open_members = Q(memberships__from_date__lte=day) & (
        Q(memberships__to_date__isnull=True) | Q(memberships__to_date__gte=day)
    )
    rows = rows.annotate(member_count=Count("memberships", filter=open_members, distinct=True))
    if text:
        led = Leader.objects.filter(open_on(day), person__name__icontains=text).values("studio")
        rows = rows.filter(Q(name__icontains=text) | Q(place__icontains=text) | Q(pk__in=led))
    if unit is not None:
        rows = rows.filter(unit__path__startswith=unit.path)
    if level:
        rows = rows.filter(level=level)
    if state:
        rows = rows.filter(state=state)
    if type_id:
        rows = rows.filter(types=type_id)
    return rows.order_by("name")
