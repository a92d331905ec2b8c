"""Who may see a picture: whoever may see a page that shows it, and whoever works with it in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet
from django.http import HttpRequest
from wagtail.models import CollectionViewRestriction, Page
from wagtail.permissions import policy_registry

from people.audience import may_see_document, reads_all, tokens_of, visible_audience_ids
from people.audience.pages import clauses_and_passwords
from people.audience.rules import SIGNED_IN, canonical, digest
from people.audience.selectors import satisfies
from people.models import User
from studios.models import Picture, PictureRendition, PictureUse

AnyUser = User | AnonymousUser
WORKS_WITH = ("choose", "change", "delete")
EVERYBODY = digest(canonical(()))


def rendition_at(path: str) -> Any | None:
    """The rendition kept under the name, with its picture, `is_open` (everybody may see it) and `is_held` (its
    collection, or one above, restricts who may). One query."""
    shown = PictureUse.objects.filter(picture=OuterRef("image_id"), page__live=True)
    place = ExpressionWrapper(OuterRef("image__collection__path"), output_field=CharField())
    held = CollectionViewRestriction.objects.annotate(place=place)
    rows = PictureRendition.objects.filter(file=path).select_related("image__collection")
    return rows.annotate(
        is_held=Exists(held.filter(place__startswith=F("collection__path"))),
        is_shown_to_all=Exists(shown.filter(page__page_audience__audience__digest=EVERYBODY)),
    ).first()


def may_see_rendition(request: HttpRequest, rendition: Any) -> bool:
    """Whether the reader may see it: its collection lets him AND a live page shows it to him, or he works with it.

    Nothing more is asked of the database for what everybody may see.
    """
    if rendition.is_shown_to_all and not rendition.is_held:
        return True
    user, picture = request.user, rendition.image
    if reads_all(user):
        return True
    let = not rendition.is_held or may_see_document(user, picture)
    return (let and _is_shown(request, picture)) or _works_with(user, picture)


def _is_shown(request: HttpRequest, picture: Picture) -> bool:
    pages = Page.objects.filter(live=True, pk__in=picture.uses.values("page"))
    audiences = set(pages.values_list("page_audience__audience", flat=True).distinct())
    return not audiences.isdisjoint(visible_audience_ids(request.user)) or (
        None in audiences and _opened_by_password(request, pages.filter(page_audience__audience=None))
    )


def _opened_by_password(request: HttpRequest, pages: QuerySet[Page]) -> bool:
    """Whether the reader gave the shared password of a page, which no stored audience can stand for."""
    for page in pages:
        clauses, passwords = clauses_and_passwords(page)
        if passwords and satisfies(request.user, clauses) and all(row.accept_request(request) for row in passwords):
            return True
    return False


def _works_with(user: AnyUser, picture: Picture) -> bool:
    """Members and heads of the studio whose collection it lies in, who put it in, and editors: by Wagtail's rights."""
    if SIGNED_IN not in tokens_of(user):
        return False
    rights = policy_registry.get_by_type(Picture)
    return bool(rights.user_has_any_permission_for_instance(user, WORKS_WITH, picture))
