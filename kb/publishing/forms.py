"""Forms of the review."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from kb.publishing.models import Release


class ApproveForm(forms.Form):
    """Release, with a word to the readers and the weight of the change."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    significance = forms.ChoiceField(
        label=_("改动大小"), choices=Release.Significance.choices, widget=forms.RadioSelect
    )
    note = forms.CharField(
        label=_("这一版改了什么"),
        help_text=_("读者在版本记录里看到；作者已经写了可以不改。"),
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class SendBackForm(forms.Form):
    """Send back, with a reason."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("要改什么"),
        help_text=_("写到哪一步、缺什么、怎样算合格。作者在稿件旁边看到这段话。"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("请写明要改什么，作者才知道怎样改。")},
    )
