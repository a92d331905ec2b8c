"""The choice of who may see a thing, as a form field for page, document and other forms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.choices import BaseChoiceIterator
from django.utils.translation import gettext_lazy as _

from people.audience import rules
from people.audience.registry import audience_choices
from people.models import User
from people.models.users import staff_number_fold

EVERYBODY = ""
CHOSEN = "chosen"
REACH = [
    (EVERYBODY, _("所有人（不用登录）")),
    (rules.SIGNED_IN, _("登录的人")),
    (CHOSEN, _("只有下面选定的（属于其中一项就能看）")),
]
PERSON_PREFIX = "person:"


class LazyChoices(BaseChoiceIterator):
    """Asks the registered kinds each time a form is drawn."""

    def __iter__(self) -> Iterator[tuple[str, list[tuple[str, str]]]]:
        for kind in audience_choices():
            options = list(kind.choices())
            if options:
                yield str(kind.label), options


class AudienceWidget(forms.MultiWidget):
    """Three parts: how far it reaches, what is chosen, and single people by staff number."""

    template_name = "people/widgets/audience.html"

    class Media:
        css: ClassVar[dict[str, list[str]]] = {"all": ["css/audience.css"]}

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        parts = {
            "reach": forms.RadioSelect(choices=REACH),
            "chosen": forms.CheckboxSelectMultiple(choices=LazyChoices()),
            "people": forms.Textarea(attrs={"rows": 2}),
        }
        super().__init__(parts, attrs)

    def decompress(self, value: list[str] | None) -> list[Any]:
        tokens = list(value or [])
        if not tokens or rules.PUBLIC in tokens:
            return [EVERYBODY, [], ""]
        if tokens == [rules.SIGNED_IN]:
            return [rules.SIGNED_IN, [], ""]
        people = [token.partition(":")[2] for token in tokens if token.startswith(PERSON_PREFIX)]
        numbers = User.objects.filter(pk__in=[key for key in people if key.isdigit()]).values_list(
            "username", flat=True
        )
        return [CHOSEN, [token for token in tokens if not token.startswith(PERSON_PREFIX)], "，".join(numbers)]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        # A list of tokens is not yet the list of three parts for which Django takes any list.
        parts = isinstance(value, list) and len(value) == 3 and isinstance(value[1], list)
        return super().get_context(name, value if parts else self.decompress(value), attrs)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        return list(super().value_from_datadict(data, files, name))

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}_reach" not in data


class AudienceFormField(forms.MultiValueField):
    """Gives a sorted list of tokens of which one suffices; empty: everybody."""

    widget = AudienceWidget
    default_error_messages = {
        "nothing_chosen": _("请至少选一个单位、工作室、角色或人员，或者改选“登录的人”。"),
        "unknown_people": _("找不到这些工号：%(numbers)s。请核对后再填。"),
    }

    def __init__(self, **kwargs: Any) -> None:
        fields = (
            forms.ChoiceField(choices=REACH, required=False),
            forms.MultipleChoiceField(choices=LazyChoices, required=False),
            forms.CharField(required=False),
        )
        kwargs.setdefault("required", False)
        kwargs.setdefault("help_text", _("上级页面、文件夹另有限制的，两者都要满足。"))
        super().__init__(fields=fields, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[Any]) -> list[str]:
        reach, chosen, people = [*data_list, "", [], ""][:3] if data_list else ("", [], "")
        if reach != CHOSEN:
            return [reach] if reach else []
        tokens = sorted({*chosen, *self._people_tokens(people)})
        if not tokens:
            raise ValidationError(self.error_messages["nothing_chosen"], code="nothing_chosen")
        return tokens

    def _people_tokens(self, text: str) -> Iterable[str]:
        numbers = {staff_number_fold(part) for part in re.split(r"[\s,，、;；]+", text or "") if part.strip()}
        found = dict(User.objects.filter(username__in=numbers).values_list("username", "pk"))
        unknown = sorted(numbers - set(found))
        if unknown:
            raise ValidationError(
                self.error_messages["unknown_people"], code="unknown_people", params={"numbers": "、".join(unknown)}
            )
        return (rules.token("person", pk) for pk in found.values())

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = self.widget.decompress(initial if isinstance(initial, list) else [])
        return super().has_changed(before, data)
