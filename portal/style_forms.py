"""The form that the style page shows, with its errors."""

from __future__ import annotations

from django import forms


class SampleForm(forms.Form):
    """One field of each sort, bound to incomplete data on purpose."""

    name = forms.CharField(label="操作法名称", help_text="用大家平时叫的名字，例如“木塞堵漏法”。")
    effect = forms.CharField(label="一句话效果", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    trade = forms.ChoiceField(label="工种", choices=[("1", "碳化工"), ("2", "叉车司机"), ("3", "胶合板工")])
    kind = forms.ChoiceField(
        label="改动大小",
        choices=[("minor", "小改：措辞、图片"), ("major", "大改：步骤或数值")],
        widget=forms.RadioSelect,
    )
    agree = forms.BooleanField(label="我已核对数值和单位")
    picture = forms.FileField(label="现场照片", help_text="手机直接拍，不用先缩小。", required=False)
