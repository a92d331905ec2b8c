"""What of the knowledge base can be found."""

from __future__ import annotations

from kb.models import CasePage, CoursewarePage, OperatingMethodPage, QuestionAnswerPage, TextbookPage
from search import registry
from search.pages import PageSearchable


def register_all() -> None:
    """Called once when the apps are ready."""
    for model in (OperatingMethodPage, CasePage, TextbookPage, CoursewarePage, QuestionAnswerPage):
        registry.register(PageSearchable(model, label=model._meta.verbose_name))
