"""Forms of the studio record. People are named by staff number, as on every paper in the plant."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from people.models import Unit, User
from people.models.users import staff_number_fold
from studios import rules, selectors
from studios.models import (
    Equipment,
    Leader,
    Membership,
    MembershipRole,
    Studio,
    StudioEquipment,
    StudioHonour,
    StudioType,
)


class DateInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class PersonField(forms.CharField):
    """A staff number; gives the active person it belongs to."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("输入工号，例如 M0001。"))
        super().__init__(max_length=40, **kwargs)

    def clean(self, value: Any) -> User | None:
        number = staff_number_fold(super().clean(value) or "")
        if not number:
            return None
        person = User.objects.filter(username=number, is_active=True).first()
        if person is None:
            raise forms.ValidationError(
                _("没有工号为 %(number)s 的在职人员，请核对后重新输入。"), params={"number": number}, code="nobody"
            )
        return person


class HonourFields(forms.Form):
    """What qualifies a leader (S1)."""

    honour = forms.CharField(label=_("荣誉称号"), max_length=120, required=False)
    honour_level = forms.ChoiceField(
        label=_("荣誉级别"), required=False, choices=[("", _("未填写")), *Leader.HonourLevel.choices]
    )
    honour_year = forms.IntegerField(label=_("授予年份"), required=False, min_value=1949, max_value=2100)
    specialty = forms.CharField(label=_("专长"), max_length=200, required=False)


class StudioNewForm(HonourFields):
    """Makes a studio: leader, unit, and what is known at the start."""

    field_order = ("leader", "unit", "name", "types", "honour", "honour_level", "honour_year", "specialty", "aim")

    leader = PersonField(label=_("领衔人"))
    unit = forms.ModelChoiceField(label=_("所属单位"), queryset=Unit.objects.none(), empty_label=_("请选择"))
    name = forms.CharField(
        label=_("工作室名称"), max_length=120, required=False, help_text=_("不填则按领衔人冠名：某某劳模创新工作室。")
    )
    types = forms.ModelMultipleChoiceField(
        label=_("类型"), queryset=StudioType.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )
    aim = forms.CharField(label=_("宗旨与范围"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        self.fields["types"].queryset = types_in_force()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        leader = data.get("leader")
        if leader and not data.get("name"):
            data["name"] = rules.official_name(leader.name)
        if data.get("name") and Studio.objects.filter(name=data["name"]).exists():
            self.add_error("name", _("已有同名的工作室，请换一个名称。"))
        return data


def types_in_force() -> Any:
    """Types of the rule sets in force today, set by set."""
    rulesets = [ruleset.pk for ruleset in selectors.rulesets_in_force()]
    return StudioType.objects.filter(ruleset__in=rulesets).select_related("ruleset")


class StudioRecordForm(forms.ModelForm):
    """The record's own fields."""

    class Meta:
        model = Studio
        fields = (
            "name", "unit", "level", "state", "types", "aim", "place", "contact", "founded_date",
            "plaque", "plaque_date", "work_rules", "activity_rules", "management_rules",
        )  # fmt: skip
        widgets = {
            "types": forms.CheckboxSelectMultiple,
            "founded_date": DateInput(),
            "plaque_date": DateInput(),
            "aim": forms.Textarea(attrs={"rows": 4}),
            "work_rules": forms.Textarea(attrs={"rows": 4}),
            "activity_rules": forms.Textarea(attrs={"rows": 4}),
            "management_rules": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        held = StudioType.objects.filter(studios=self.instance.pk)
        self.fields["types"].queryset = (types_in_force() | held.select_related("ruleset")).distinct()

    def clean_state(self) -> str:
        state: str = self.cleaned_data["state"]
        if not rules.may_change_state(self.initial["state"], state):
            raise forms.ValidationError(
                _("不能从当前状态直接变为所选状态，请按 筹建→已建→申报中→已命名→复审中→保留/撤销称号 的次序办理。")
            )
        return state


class LeaderChangeForm(HonourFields):
    """A new leader from a day on; `beside` keeps those who lead now."""

    field_order = ("person", "from_date", "beside", "honour", "honour_level", "honour_year", "specialty")

    person = PersonField(label=_("新领衔人"))
    from_date = forms.DateField(label=_("自"), widget=DateInput())
    beside = forms.BooleanField(label=_("与现任共同领衔（不勾选则接任）"), required=False)


class LeaderEditForm(forms.ModelForm):
    """A leader's honours and words."""

    class Meta:
        model = Leader
        fields = ("honour", "honour_level", "honour_year", "specialty", "words")


class MemberAddForm(forms.Form):
    """Adds a member."""

    person = PersonField(label=_("工号"))
    role = forms.ChoiceField(label=_("角色"), choices=MembershipRole.choices, initial=MembershipRole.MEMBER)
    post = forms.CharField(label=_("岗位"), max_length=80, required=False)
    skill_level = forms.CharField(label=_("技能等级"), max_length=40, required=False)
    education = forms.CharField(label=_("学历"), max_length=40, required=False)
    age_band = forms.CharField(label=_("年龄段"), max_length=20, required=False, help_text=_("例如 31–40 岁。"))


class MemberEditForm(forms.ModelForm):
    """Changes what a member is in the studio."""

    class Meta:
        model = Membership
        fields = ("role", "post", "skill_level", "education", "age_band")


class DeputyForm(forms.Form):
    """From when to when a member releases texts for the head."""

    deputy_from = forms.DateField(label=_("代理自"), required=False, widget=DateInput())
    deputy_to = forms.DateField(label=_("代理至"), required=False, widget=DateInput())

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("deputy_from"), data.get("deputy_to")
        if bool(start) != bool(end):
            raise forms.ValidationError(_("请同时填写开始和结束日期；两个都不填即取消代理。"))
        if start and end and end < start:
            raise forms.ValidationError(_("结束日期早于开始日期，请改正日期。"))
        return data


class HonourForm(forms.ModelForm):
    """A recognition of the studio."""

    class Meta:
        model = StudioHonour
        fields = ("name", "given_by", "year")


class EquipmentLineForm(forms.Form):
    """A line of the equipment list; an unknown name makes a new piece of equipment."""

    name = forms.CharField(label=_("设备名称"), max_length=120)
    model_code = forms.CharField(label=_("型号"), max_length=80, required=False)
    kind = forms.ChoiceField(label=_("类别"), choices=StudioEquipment.Kind.choices)
    quantity = forms.IntegerField(label=_("数量"), min_value=1, initial=1)
    remark = forms.CharField(label=_("备注"), max_length=200, required=False)

    def equipment(self) -> Equipment:
        """The piece of equipment that the line names."""
        found, _made = Equipment.objects.get_or_create(
            name=self.cleaned_data["name"].strip(), model_code=self.cleaned_data["model_code"].strip()
        )
        return found
