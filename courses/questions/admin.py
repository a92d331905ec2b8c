"""The question bank in the admin: one form a question, options in place, the newest version made on saving."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, PageChooserPanel
from wagtail.snippets.views import snippets
from wagtail.snippets.views.chooser import (
    ChooseResultsView,
    ChooseView,
    SnippetChooserViewSet,
    SnippetChosenMultipleView,
    SnippetChosenView,
)
from wagtail.snippets.views.snippets import SnippetViewSet

from courses.questions.models import Question
from courses.questions.selectors import questions_for


class _OwnQuestions:
    """The chooser offers the questions of one's own studios that are still asked."""

    request: Any

    def get_object_list(self) -> QuerySet[Question]:
        return questions_for(self.request.user).filter(is_retired=False).select_related("studio")


class QuestionChooseView(_OwnQuestions, ChooseView):
    """The chooser's window."""


class QuestionChooseResultsView(_OwnQuestions, ChooseResultsView):
    """The chooser's results alone."""


class QuestionChosenView(SnippetChosenView):
    """A chosen question."""

    def get_object(self, pk: str) -> Question:
        return questions_for(self.request.user).get(pk=pk)


class QuestionChosenMultipleView(SnippetChosenMultipleView):
    """Several chosen questions."""

    def get_objects(self, pks: list[str]) -> QuerySet[Question]:
        return questions_for(self.request.user).filter(pk__in=pks)


class _OwnObject:
    """Wagtail asks for the right on the model; which question it is, is asked here."""

    request: Any

    def get_object(self, *args: Any, **kwargs: Any) -> Any:
        found = super().get_object(*args, **kwargs)  # type: ignore[misc]
        if not questions_for(self.request.user).filter(pk=found.pk).exists():
            raise PermissionDenied
        return found


class QuestionEditView(_OwnObject, snippets.EditView):
    """Edits one's own studio's question."""


class QuestionCopyView(_OwnObject, snippets.CopyView):
    """Copies one's own studio's question."""


class QuestionDeleteView(_OwnObject, snippets.DeleteView):
    """Deletes a question that has never been asked."""


class QuestionUsageView(_OwnObject, snippets.UsageView):
    """Where a question is used."""


class QuestionHistoryView(_OwnObject, snippets.HistoryView):
    """Who changed a question."""


class QuestionChooserViewSet(SnippetChooserViewSet):
    """Chooses questions for a quiz."""

    choose_view_class = QuestionChooseView
    choose_results_view_class = QuestionChooseResultsView
    chosen_view_class = QuestionChosenView
    chosen_multiple_view_class = QuestionChosenMultipleView


class QuestionViewSet(SnippetViewSet):
    """The bank: what is edited here reaches learners as a new version, never by changing what was asked."""

    model = Question
    icon = "help"
    menu_label = _("试题库")
    menu_order = 320
    add_to_admin_menu = True
    copy_view_enabled = True
    list_display = ["__str__", "studio", "points", "is_retired", "updated_at"]
    list_filter = ["studio", "kind", "is_retired"]
    search_fields = ["text", "explanation"]
    list_per_page = 50
    chooser_viewset_class = QuestionChooserViewSet
    edit_view_class = QuestionEditView
    copy_view_class = QuestionCopyView
    delete_view_class = QuestionDeleteView
    usage_view_class = QuestionUsageView
    history_view_class = QuestionHistoryView
    panels = [
        FieldPanel("studio"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("points")]),
        FieldPanel("text"),
        FieldPanel("picture"),
        MultiFieldPanel(
            [FieldPanel("options"), FieldPanel("statement_is_true")],
            heading=_("答案"),
            help_text=_("单选、多选：逐条写选项，勾出正确的。判断题：只看下面这句话是对还是错。"),
        ),
        MultiFieldPanel([FieldPanel("explanation"), PageChooserPanel("reread_page")], heading=_("交卷以后给学员看")),
        FieldPanel("is_retired"),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Question]:
        return questions_for(request.user).select_related("studio")  # type: ignore[arg-type]
