"""The admin's own settings of a person, without the name: that is HR's."""

from __future__ import annotations

from wagtail.admin.views.account import AccountView as WagtailAccountView
from wagtail.admin.views.account import BaseSettingsPanel, NameEmailSettingsPanel


class AccountView(WagtailAccountView):
    """Wagtail's form asks for first and last names, which nobody has here, and cannot be saved without."""

    def get_panels(self) -> list[BaseSettingsPanel]:
        return [panel for panel in super().get_panels() if not isinstance(panel, NameEmailSettingsPanel)]
