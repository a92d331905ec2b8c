"""What the editor tells its author beside the text: the state in words, what the reviewer asked for, who will see it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import Panel


class StatePanel(Panel):
    """Shown above the fields of a page that is already saved."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"heading": _("这一稿的状态"), **kwargs})

    class BoundPanel(Panel.BoundPanel):
        """The panel of one page."""

        template_name = "kb/admin/state_panel.html"

        def is_shown(self) -> bool:
            """A page that was never saved has no state."""
            return bool(self.instance.pk) and super().is_shown()

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """State, reason, and the readers in words."""
            from kb.pages.reading import audience_words
            from kb.publishing.queue import state_of

            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "current": state_of(self.instance), "audience_words": audience_words(self.instance)}
