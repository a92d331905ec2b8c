"""The audience in force for pages and documents, computed from where it is set."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from wagtail.models import Page, PageViewRestriction
from wagtail.models.view_restrictions import BaseViewRestriction

from people.audience import rules
from people.audience.state import audience_state
from people.models import AudienceFieldMixin

Restrictions = dict[int, list[rules.Clauses | None]]


def restriction_clauses(restriction: BaseViewRestriction) -> rules.Clauses | None:
    """One view restriction as clauses; None for a shared password, which no token can stand for."""
    if restriction.restriction_type == BaseViewRestriction.LOGIN:
        return ((rules.SIGNED_IN,),)
    if restriction.restriction_type == BaseViewRestriction.GROUPS:
        return (tuple(sorted(rules.token("group", group.pk) for group in restriction.groups.all())),)
    return () if restriction.restriction_type == BaseViewRestriction.NONE else None


def joined(parts: Iterable[rules.Clauses | None]) -> rules.Clauses | None:
    """The AND of several audiences; None where one of them is None."""
    clauses: list[tuple[str, ...]] = []
    for part in parts:
        if part is None:
            return None
        clauses.extend(part)
    return rules.canonical(clauses)


def page_clauses(page: Page) -> rules.Clauses | None:
    """The clauses in force for a page now: its own AND every restriction on it and above it. None: nobody."""
    return _clauses(page, _in_force(page))


def _in_force(holder: Any) -> Any:
    """All restrictions on a page or collection and above it, also where the door left Wagtail only passwords to ask for."""
    return type(holder).get_view_restrictions(holder).prefetch_related("groups")


def document_clauses(document: Any) -> rules.Clauses | None:
    """The clauses in force for a file: its own AND every restriction on its collection and above. None: nobody."""
    return _clauses(document, _in_force(document.collection))


def clauses_and_passwords(thing: Any) -> tuple[rules.Clauses, list[BaseViewRestriction]]:
    """What is demanded of the reader of a page or file, and the shared passwords, for which Wagtail itself asks.

    The restrictions are read once, and not at all where no page has any: this stands at the door of every page.
    """
    is_page = isinstance(thing, Page)
    holder = thing if is_page else thing.collection
    asked = not is_page or audience_state().pages_restricted
    found = list(_in_force(holder)) if asked else []
    passwords = [row for row in found if row.restriction_type == BaseViewRestriction.PASSWORD]
    return _clauses(thing, [row for row in found if row not in passwords]) or (), passwords


def clauses_by_source(thing: Any) -> list[tuple[str, rules.Clauses | None]]:
    """Every clause in force for a page or file with where it is set, in words; nothing is left out as implied."""
    holder = thing if isinstance(thing, Page) else thing.collection
    specific = thing.specific if isinstance(thing, Page) else thing
    own = specific.own_clauses() if hasattr(specific, "own_clauses") else []
    found: list[tuple[str, rules.Clauses | None]] = [(_("自己的“谁可以看”"), rules.canonical(own))]
    for row in _in_force(holder):
        place = row.page.title if isinstance(row, PageViewRestriction) else row.collection.name
        found.append((_("“%(place)s”上的访问限制") % {"place": place}, restriction_clauses(row)))
    return found


def _clauses(thing: Any, restrictions: Iterable[BaseViewRestriction]) -> rules.Clauses | None:
    specific = thing.specific if isinstance(thing, Page) else thing
    own = specific.own_clauses() if hasattr(specific, "own_clauses") else []
    return joined([rules.canonical(own), *(restriction_clauses(row) for row in restrictions)])


def subtree_clauses(rows: Collection[Page]) -> dict[int, rules.Clauses | None]:
    """`page_clauses` of many pages in a bounded number of queries. They need `path` and `content_type_id` loaded."""
    own = _own_clauses(rows)
    set_on, sources = _restrictions(rows)
    by_path = {path: pk for pk, path in sources.items()}
    result: dict[int, rules.Clauses | None] = {}
    for row in rows:
        chain = [by_path[path] for path in _paths_above(row.path) if path in by_path]
        found = [part for pk in chain for part in set_on.get(pk, [])]
        result[row.pk] = joined([own.get(row.pk, ()), *found])
    return result


def _paths_above(path: str) -> list[str]:
    return [path[:end] for end in range(Page.steplen, len(path) + 1, Page.steplen)]


def _own_clauses(rows: Collection[Page]) -> dict[int, rules.Clauses]:
    """The pages' own clauses: one query for each page type among them that has any."""
    own: dict[int, rules.Clauses] = {}
    by_type: dict[int, list[int]] = {}
    for row in rows:
        by_type.setdefault(row.content_type_id, []).append(row.pk)
    for content_type_id, ids in by_type.items():
        model = ContentType.objects.get_for_id(content_type_id).model_class()
        if model is None or not hasattr(model, "own_clauses"):
            continue
        for chunk in _chunks(ids):
            if model.own_clauses is AudienceFieldMixin.own_clauses:
                pairs = model._default_manager.filter(pk__in=chunk).values_list("pk", "own_audience")
                own.update({pk: rules.canonical([tokens] if tokens else []) for pk, tokens in pairs})
            else:
                own.update(
                    {p.pk: rules.canonical(p.own_clauses()) for p in model._default_manager.filter(pk__in=chunk)}
                )
    return own


def _restrictions(rows: Collection[Page]) -> tuple[Restrictions, dict[int, str]]:
    """Clauses by the page that they count for, and the path of each such page.

    An alias has no restrictions of its own: those of its source hold (as `Page.get_view_restrictions` has it).
    """
    wanted = {path for row in rows for path in _paths_above(row.path)}
    chain: dict[int, tuple[str, int | None]] = {}
    for chunk in _chunks(sorted(wanted)):
        for pk, path, alias_of in Page.objects.filter(path__in=chunk).values_list("pk", "path", "alias_of_id"):
            chain[pk] = (path, alias_of)
    source = {pk: _source(pk, alias_of) for pk, (_path, alias_of) in chain.items()}
    on_page: Restrictions = {}
    for restriction in PageViewRestriction.objects.prefetch_related("groups").order_by("pk"):
        on_page.setdefault(restriction.page_id, []).append(restriction_clauses(restriction))
    counted = {pk: on_page[at] for pk, at in source.items() if at in on_page}
    return counted, {pk: chain[pk][0] for pk in counted}


def _source(pk: int, alias_of: int | None) -> int:
    while alias_of is not None:
        pk = alias_of
        alias_of = Page.objects.filter(pk=pk).values_list("alias_of_id", flat=True).first()
    return pk


def _chunks(values: list[Any], size: int = 500) -> Iterable[list[Any]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]


def audience_models() -> list[type[AudienceFieldMixin]]:
    """Every concrete model that carries an audience of its own."""
    return [model for model in apps.get_models() if issubclass(model, AudienceFieldMixin)]
