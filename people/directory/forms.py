"""Forms with which people and units are looked after, on a phone too."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.validators import FileExtensionValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.directory import selectors
from people.imports.rules import CODE
from people.models import Post, Role, Trade, Unit, User
from people.roles.rules import may_grant
from people.roles.selectors import reach_of


class DateInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class UnitChoiceField(forms.ModelChoiceField):
    """Units, each indented by its depth in the tree."""

    def label_from_instance(self, obj: Unit) -> str:
        return "　" * (obj.depth - 1) + obj.name


class PlainForm(forms.Form):
    """A form without colons after its labels."""

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.actor = actor
        for name, field in self.fields.items():
            if isinstance(field, forms.DateField) and name != "to_date":
                field.initial = field.initial or timezone.localdate


class PlaceForm(PlainForm):
    """Where somebody is posted, and from when."""

    unit = UnitChoiceField(label=_("单位"), queryset=Unit.objects.none())
    trade = forms.ModelChoiceField(label=_("工种"), queryset=Trade.objects.all(), required=False)
    post = forms.ModelChoiceField(label=_("岗位"), queryset=Post.objects.all(), required=False)
    from_date = forms.DateField(label=_("从哪天起"), widget=DateInput())

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        self.fields["unit"].queryset = selectors.units_written_by(actor).filter(is_active=True)


class PersonForm(PlainForm):
    """What is known of a person besides his place."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    phone = forms.CharField(
        label=_("手机"), max_length=30, required=False, widget=forms.TextInput({"inputmode": "tel"})
    )
    email = forms.EmailField(label=_("邮箱"), required=False)


class NewPersonForm(PlaceForm):
    """A new person with his first place."""

    staff_number = forms.RegexField(
        CODE, label=_("工号"), max_length=40, help_text=_("字母、数字、横线，一人一号，离职后也不给别人用")
    )
    name = forms.CharField(label=_("姓名"), max_length=60)
    phone = forms.CharField(
        label=_("手机"), max_length=30, required=False, widget=forms.TextInput({"inputmode": "tel"})
    )
    field_order = ("staff_number", "name", "phone", "unit", "trade", "post", "from_date")


class LastDayForm(PlainForm):
    """The last day of a posting or role."""

    last_date = forms.DateField(label=_("最后一天"), widget=DateInput())


class GrantForm(PlainForm):
    """A role for somebody, for how far and how long."""

    role = forms.ChoiceField(label=_("角色"))
    unit = UnitChoiceField(
        label=_("管到哪个单位"), queryset=Unit.objects.none(), required=False, empty_label=_("全站"),
        help_text=_("包括它下面的所有单位"),
    )  # fmt: skip
    from_date = forms.DateField(label=_("从哪天起"), widget=DateInput())
    to_date = forms.DateField(
        label=_("到哪天为止"), widget=DateInput(), required=False, help_text=_("空着表示一直有效")
    )

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        held = reach_of(actor)
        paths = [reach for _role, reach in held]
        self.fields["role"].choices = [
            (role.value, role.label)
            for role in Role
            if role is not Role.TRAINEE and any(may_grant(held, role.value, path) for path in paths)
        ]
        self.fields["unit"].queryset = selectors.units_written_by(actor).filter(is_active=True)
        if not selectors.writes_everything(actor):
            self.fields["unit"].required = True
            self.fields["unit"].empty_label = None


class UnitForm(PlainForm):
    """A unit of the tree."""

    code = forms.RegexField(CODE, label=_("代码"), max_length=40, help_text=_("字母、数字、横线，导入时用它认单位"))
    name = forms.CharField(label=_("名称"), max_length=120)
    kind = forms.ChoiceField(label=_("级别"), choices=Unit.Kind.choices)


class UnitPlaceForm(UnitForm):
    """A new unit and what it stands below."""

    parent = UnitChoiceField(
        label=_("上级单位"), queryset=Unit.objects.none(), required=False, empty_label=_("（最高一级）")
    )
    field_order = ("parent", "code", "name", "kind")

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        _parent_choices(self.fields["parent"], actor)


class UnitMoveForm(PlainForm):
    """What a unit shall stand below."""

    parent = UnitPlaceForm.base_fields["parent"]

    def __init__(self, *args: Any, actor: User, unit: Unit, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        _parent_choices(self.fields["parent"], actor)
        field = self.fields["parent"]
        field.queryset = field.queryset.exclude(path__startswith=unit.path)


def _parent_choices(field: Any, actor: User) -> None:
    field.queryset = selectors.units_written_by(actor).filter(is_active=True)
    if not selectors.writes_everything(actor):
        field.required, field.empty_label = True, None


class TradeForm(PlainForm):
    """A trade."""

    code = forms.RegexField(CODE, label=_("代码"), max_length=40)
    name = forms.CharField(label=_("名称"), max_length=80)


class PostForm(TradeForm):
    """A post of a trade."""

    trade = forms.ModelChoiceField(label=_("工种"), queryset=Trade.objects.all(), required=False)


class UploadForm(PlainForm):
    """A workbook to import."""

    file = forms.FileField(
        label=_("填好的模板（.xlsx）"),
        help_text=_("上传后先试运行，不会马上写入"),
        validators=[FileExtensionValidator(["xlsx"], _("请上传 .xlsx 文件。"))],
        widget=forms.FileInput({"accept": ".xlsx"}),
    )


class PeopleFilterForm(forms.Form):
    """What a list of people is narrowed to."""

    q = forms.CharField(label=_("姓名或工号"), required=False, max_length=60)
    unit = UnitChoiceField(label=_("单位"), queryset=Unit.objects.none(), required=False, empty_label=_("全部"))
    trade = forms.ModelChoiceField(label=_("工种"), queryset=Trade.objects.all(), required=False, empty_label=_("全部"))
    state = forms.ChoiceField(
        label=_("账号"), required=False, choices=[("", _("在用")), ("off", _("已停用")), ("all", _("全部"))]
    )

    def __init__(self, *args: Any, actor: User, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["unit"].queryset = selectors.units_read_by(actor)

    def asked(self) -> selectors.PeopleFilter:
        """The filter; whatever was filled in wrongly narrows nothing."""
        self.is_valid()
        data = self.cleaned_data
        return selectors.PeopleFilter(
            text=data.get("q", "").strip(),
            unit=data.get("unit"),
            trade=data.get("trade"),
            active={"": True, "off": False}.get(data.get("state", "")),
        )
