"""The dictionary in the admin: a list with search and filters, a form, a confirmation before deletion."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button
from wagtail.log_actions import log

from people.errors import NotAllowed
from people.sheets import table_response
from search.dictionary import access, services, views, workbook
from search.dictionary.forms import TermForm
from search.dictionary.models import Term, TermSource, TermState


class TermIndexView(generic.IndexView):
    """The list; its export can be imported again."""

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("trade", "created_by")

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        tools = [
            (_("试切一段文字"), "preview", "view"),
            (_("建议的词"), "proposals", "help"),
            (_("导入表格"), "import", "upload"),
            (_("变更记录与撤销"), "changes", "history"),
        ]
        shown = tools if access.proposes(self.request.user) else [tools[0], tools[3]]
        own = [
            Button(label, url=reverse(f"dictionary:{name}"), icon_name=icon, priority=10 + at)
            for at, (label, name, icon) in enumerate(shown)
        ]
        return [*super().header_more_buttons, *own]

    def as_spreadsheet(self, queryset: Any, spreadsheet_format: str) -> HttpResponse:
        """A workbook has the heads that an import reads."""
        if spreadsheet_format != self.FORMAT_XLSX:
            return super().as_spreadsheet(queryset, spreadsheet_format)
        title = gettext("检索词典")
        return table_response(f"{title}.xlsx", workbook.SHEET.title, workbook.HEAD, workbook.table_rows(queryset))


class _Saves:
    """What adding and editing share: the service saves."""

    request: HttpRequest
    form: TermForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "actor": self.request.user}  # type: ignore[misc]

    def _cleaned(self) -> dict[str, Any]:
        return {name: self.form.cleaned_data[name] for name in self.form.fields}


class _OwnOrDecided:
    """The row is opened to those alone who may change it, before any form is shown."""

    request: HttpRequest

    def get_object(self, *args: Any, **kwargs: Any) -> Term:
        term: Term = super().get_object(*args, **kwargs)  # type: ignore[misc]
        if not access.may_change(self.request.user, term):
            raise NotAllowed
        return term


class TermCreateView(_Saves, generic.CreateView):
    """A new word; `?text=` fills it in."""

    def get_initial(self) -> dict[str, Any]:
        return {"text": self.request.GET.get("text", "")[:60], "state": TermState.APPROVED}

    def save_instance(self) -> Term:
        source = self.request.GET.get("source", "")
        source = source if source in TermSource.values else TermSource.HAND
        term = services.term_save(actor=self.request.user, source=source, **self._cleaned()).term
        log(term, "wagtail.create", user=self.request.user)
        return term

    def get_success_message(self, instance: Term) -> str:
        if instance.state == TermState.APPROVED:
            return gettext("“%(term)s”已加入词典，几秒内在所有检索里生效。") % {"term": instance}
        return gettext("“%(term)s”已提交，等编辑确认后生效。") % {"term": instance}


class TermEditView(_OwnOrDecided, _Saves, generic.EditView):
    """Changes a row."""

    def save_instance(self) -> Term:
        held = Term.objects.get(pk=self.object.pk)
        saved = services.term_save(actor=self.request.user, term=held, **self._cleaned())
        if saved.changed:
            log(saved.term, "wagtail.edit", user=self.request.user)
        return saved.term


class TermDeleteView(_OwnOrDecided, generic.DeleteView):
    """Asks first; can be undone in the list of changes."""

    success_message = _("“%(object)s”已从词典删除，可以在“变更记录与撤销”里恢复。")

    @property
    def confirmation_message(self) -> str:
        return gettext("要从词典删除“%(term)s”吗？检索将不再按它切分，同义说法也不再互相找到。") % {"term": self.object}

    def delete_action(self) -> None:
        services.term_delete(actor=self.request.user, term=self.object)


class TermViewSet(ModelViewSet):
    """Below /admin/dictionary/."""

    model = Term
    name = "dictionary"
    icon = "list-ul"
    menu_label = _("检索词典")
    menu_order = 260
    add_to_admin_menu = True
    copy_view_enabled = False
    index_view_class = TermIndexView
    index_template_name = "search/list.html"
    index_results_template_name = "search/dictionary/index_results.html"
    add_view_class = TermCreateView
    edit_view_class = TermEditView
    delete_view_class = TermDeleteView
    form_fields = TermForm.Meta.fields
    list_display = ["text", "kind", "meaning", "trade", "state", "created_by", "updated_at"]
    list_filter = ["state", "kind", "trade", "source"]
    list_export = ["kind", "text", "meaning", "trade", "note"]
    list_per_page = 50
    search_fields = ["text", "normal", "meaning", "note"]
    search_backend_name = None
    ordering = "-updated_at"

    def get_form_class(self, for_update: bool = False) -> type[TermForm]:
        """The same for both."""
        return TermForm

    def get_urlpatterns(self) -> list[Any]:
        """Wagtail's own, and the tools."""
        return [
            *super().get_urlpatterns(),
            path("cut/", views.preview, name="preview"),
            path("proposals/", views.proposals_page, name="proposals"),
            path("import/", views.import_upload, name="import"),
            path("import/template/", views.import_template, name="import_template"),
            path("changes/", views.changes, name="changes"),
            path("changes/<int:pk>/undo/", views.undo, name="undo"),
        ]
