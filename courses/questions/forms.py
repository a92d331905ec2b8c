"""The form of a question in the admin."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm

from studios.models import Studio
from studios.selectors import studios_of


class QuestionForm(WagtailAdminModelForm):
    """Offers the writer's own studios; the only one is chosen already."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "studio" not in self.fields or self.for_user is None:
            return
        mine = Studio.objects.all() if self.for_user.is_superuser else studios_of(self.for_user)
        self.fields["studio"].queryset = mine
        if mine.count() == 1:
            self.fields["studio"].initial = mine.get()
