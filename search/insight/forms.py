"""Forms of pins."""

from __future__ import annotations

from django import forms
from wagtail.admin.widgets import AdminDateInput

from search.insight.models import Pin


class PinForm(forms.ModelForm):
    """Until when a result is put first, and why."""

    class Meta:
        model = Pin
        fields = ["until_date", "note"]
        widgets = {"until_date": AdminDateInput}
