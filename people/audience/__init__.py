"""Who may see what. Plain rules in `rules`; what others need is named here."""

from people.audience.pages import document_clauses, page_clauses
from people.audience.registry import (
    register_audience_choices,
    register_group_contributor,
    register_token_contributor,
)
from people.audience.rules import canonical, satisfies
from people.audience.selectors import (
    may_see_document,
    may_see_page,
    reads_all,
    tokens_of,
    visible_audience_ids,
    visible_pages,
)
from people.audience.services import (
    access_changed,
    audience_for,
    page_audience_refresh,
    page_audiences_refresh_all,
)
from people.audience.words import Reason, explain
from people.models import AudienceFieldMixin

__all__ = [
    "AudienceFieldMixin",
    "Reason",
    "access_changed",
    "audience_for",
    "canonical",
    "document_clauses",
    "explain",
    "may_see_document",
    "may_see_page",
    "page_audience_refresh",
    "page_audiences_refresh_all",
    "page_clauses",
    "reads_all",
    "register_audience_choices",
    "register_group_contributor",
    "register_token_contributor",
    "satisfies",
    "tokens_of",
    "visible_audience_ids",
    "visible_pages",
]
