"""The editor's form of knowledge pages."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from wagtail.admin.forms import WagtailAdminPageForm

from people.models import User
from studios.models import Equipment
from studios.selectors import members_of, studio_of_page


class KnowledgePageForm(WagtailAdminPageForm):
    """Offers the studio's own people and equipment first, so that a choice is a short list."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent = self.parent_page or (self.instance.get_parent() if self.instance.pk else None)
        studio = studio_of_page(parent) if parent is not None else None
        if studio is None:
            return
        if "authors" in self.fields:
            people = Q(pk__in=members_of(studio).values("person")) | Q(pk__in=self._chosen("authors"))
            self.fields["authors"].queryset = User.objects.filter(people | Q(leads__studio=studio)).distinct()
        if "equipment" in self.fields:
            trades = studio.equipment.exclude(trade=None).values("trade")
            wanted = Q(studios=studio) | Q(trade__in=trades) | Q(pk__in=self._chosen("equipment"))
            near = Equipment.objects.filter(wanted).distinct()
            self.fields["equipment"].queryset = near if near.exists() else Equipment.objects.all()

    def _chosen(self, name: str) -> list[int]:
        return [item.pk for item in getattr(self.instance, name).all()]
