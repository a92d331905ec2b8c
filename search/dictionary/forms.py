"""Forms of the dictionary."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from search.dictionary import services
from search.dictionary.access import decides
from search.dictionary.errors import sentence
from search.dictionary.models import Term


class TermForm(forms.ModelForm):
    """A row; whoever only proposes is not asked for its state."""

    class Meta:
        model = Term
        fields = ["kind", "text", "meaning", "trade", "note", "state"]
        widgets = {"kind": forms.RadioSelect}

    def __init__(self, *args: Any, actor: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["trade"].empty_label = str(_("通用"))
        if actor is not None and not decides(actor):
            del self.fields["state"]

    def clean(self) -> dict[str, Any]:
        """The rules of a row, each at its field."""
        cleaned = super().clean() or self.cleaned_data
        if not self.errors:
            row = Term(pk=self.instance.pk, **{key: value for key, value in cleaned.items() if key != "note"})
            for fault in services.faults_of(row):
                self.add_error(fault.field, sentence(fault))
        return cleaned


class CutForm(forms.Form):
    """A text to cut, and a word to try."""

    term = forms.CharField(
        label=_("要试的新词"), max_length=60, required=False, help_text=_("还没有保存，只在这里试。")
    )
    text = forms.CharField(
        label=_("文字"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("空着就从站里含有这个词的内容中取几句。"),
    )

    def clean_term(self) -> str:
        term = " ".join(self.cleaned_data["term"].split())
        found = services.word_sentences(term) if term else []
        if found:
            raise forms.ValidationError(found)
        return term

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not self.errors and not cleaned["term"] and not cleaned["text"].strip():
            raise forms.ValidationError(_("请填写新词，或者粘贴一段文字。"))
        return cleaned


class ImportForm(forms.Form):
    """A workbook."""

    file = forms.FileField(label=_("表格文件（.xlsx）"), help_text=_("最大 5 MB、1000 行。"))
