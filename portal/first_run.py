"""Sets up an empty site: the page tree, the company as the root unit, the first administrator."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.codes.services import code_make
from people.errors import Refusal
from people.models import Posting, Role, Unit, User
from people.models.users import staff_number_fold
from people.roles.services import grant_add, role_groups_make
from studios.services.creation import index_ensure


class SiteInUse(Refusal):
    """There are people already: nothing is set up a second time."""

    code = "site_in_use"
    message = _("站点里已经有人员，不再重复初始化。需要新的管理员，请由现有管理员在后台授予。")


@dataclass(frozen=True, slots=True)
class FirstRun:
    """Who may sign in, and the one-time code that sets his password (shown once)."""

    administrator: User
    code: str


@transaction.atomic
def site_set_up(*, staff_number: str, name: str, company_code: str, company: str) -> FirstRun:
    """Makes the first administrator; refuses (`SiteInUse`) where there are people, ValidationError for bad values."""
    if User.objects.exists():
        raise SiteInUse
    role_groups_make()
    index_ensure()
    unit = Unit.get_first_root_node() or Unit.add_root(code=company_code, name=company, kind=Unit.Kind.COMPANY)
    person = User(username=staff_number_fold(staff_number), name=name.strip(), is_staff=True, is_superuser=True)
    person.set_unusable_password()
    person.full_clean(exclude=["password"])
    person.save()
    today = timezone.localdate()
    Posting.objects.create(person=person, unit=unit, from_date=today)
    grant_add(actor=person, person=person, role=Role.ADMINISTRATOR, from_date=today)
    return FirstRun(person, code_make(actor=person, person=person).code)
