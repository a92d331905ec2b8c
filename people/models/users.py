"""The user: one namespace of staff numbers, one row a person, for ever."""

from __future__ import annotations

from django.contrib.auth.models import AbstractUser, UserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Upper
from django.utils.translation import gettext_lazy as _

from people.models.audiences import random_stamp
from people.script.rules import HANS, HANT, ORIGINAL


def staff_number_fold(value: str) -> str:
    """The form in which a staff number is stored and asked: no blanks around it, upper-case."""
    return value.strip().upper()


class StaffManager(UserManager["User"]):
    """Finds people by staff number however it is typed."""

    def get_by_natural_key(self, username: str | None) -> User:
        return self.get(username=staff_number_fold(username or ""))


class User(AbstractUser):
    """A person. `username` is the staff number (工号); nobody is deleted, those who leave are deactivated."""

    name = models.CharField(_("姓名"), max_length=60)
    phone = models.CharField(_("手机"), max_length=30, blank=True)
    language = models.CharField(
        _("界面语言"),
        max_length=10,
        default="zh-hans",
        choices=[("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")],
    )
    must_change_password = models.BooleanField(_("下次登录须改密码"), default=False)
    left_date = models.DateField(_("离职日期"), null=True, blank=True)
    text_size = models.CharField(
        _("字号"),
        max_length=10,
        default="normal",
        choices=[("normal", _("标准")), ("large", _("大")), ("larger", _("特大"))],
    )
    reading_script = models.CharField(
        _("正文文字"),
        max_length=8,
        default=ORIGINAL,
        choices=[(ORIGINAL, _("原文")), (HANS, _("简体")), (HANT, _("繁体"))],
    )
    access_stamp = models.PositiveIntegerField(default=random_stamp, editable=False)
    groups_date = models.DateField(null=True, blank=True, editable=False)

    objects = StaffManager()

    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("人员")
        verbose_name_plural = _("人员")
        ordering = ["username"]
        constraints = [
            models.UniqueConstraint(Lower("username"), name="people_user_staff_number_unique_whatever_its_case"),
            models.CheckConstraint(
                condition=Q(username=Upper("username")), name="people_user_staff_number_is_upper_case"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}（{self.username}）" if self.name else self.username

    def clean(self) -> None:
        super().clean()
        self.username = staff_number_fold(self.username)

    @classmethod
    def normalize_username(cls, username: str) -> str:
        return staff_number_fold(super().normalize_username(username))

    def get_full_name(self) -> str:
        return self.name or self.username

    def get_short_name(self) -> str:
        return self.name or self.username
