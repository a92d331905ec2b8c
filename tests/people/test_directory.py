"""People and units looked after by HR: services and what they refuse."""

from __future__ import annotations

import pytest

from people.audience import tokens_of
from people.directory import errors, selectors, services, units
from people.directory.selectors import PeopleFilter
from people.errors import NotAllowed, NotFound
from people.events import person_left
from people.models import AuditEntry, Post, Posting, Role, Unit, User
from tests.factories.people import TradeFactory, UnitFactory, UserFactory, day, grant, posting

pytestmark = pytest.mark.django_db


@pytest.fixture
def hr(workshop: Unit) -> User:
    officer = UserFactory(name="何人事")
    grant(officer, Role.HR, workshop)
    return officer


@pytest.fixture
def chief() -> User:
    person = UserFactory()
    grant(person, Role.ADMINISTRATOR)
    return person


@pytest.fixture
def worker(team: Unit) -> User:
    person = UserFactory(username="T0001", name="李铁柱")
    posting(person, team, since=day(-100))
    return person


def history(person: User) -> list[tuple[str, int, int | None]]:
    today = day()
    rows = person.postings.order_by("from_date")
    return [(row.unit.name, (row.from_date - today).days, row.to_date and (row.to_date - today).days) for row in rows]


def test_a_new_person_has_a_place_and_no_password(hr: User, team: Unit) -> None:
    person = services.person_create(
        actor=hr, staff_number=" t9 ", name="王小明", unit=team, from_date=day(), phone="13800000000"
    )
    assert person.username == "T9"
    assert not person.has_usable_password()
    assert history(person) == [("甲班", 0, None)]
    with pytest.raises(errors.StaffNumberTaken):
        services.person_create(actor=hr, staff_number="t9", name="别人", unit=team, from_date=day())


def test_hr_acts_on_its_unit_and_below_only(hr: User, company: Unit, worker: User) -> None:
    elsewhere = UnitFactory(parent=company)
    stranger = UserFactory()
    posting(stranger, elsewhere)
    with pytest.raises(NotAllowed):
        services.person_create(actor=hr, staff_number="T9", name="王", unit=elsewhere, from_date=day())
    with pytest.raises(NotAllowed):
        services.person_transfer(actor=hr, person=stranger, unit=worker.postings.get().unit, from_date=day())
    with pytest.raises(NotAllowed):
        services.person_transfer(actor=hr, person=worker, unit=elsewhere, from_date=day())
    with pytest.raises(NotAllowed):
        services.person_update(actor=hr, person=stranger, name="改", phone="")
    with pytest.raises(NotAllowed):
        services.person_leave(actor=hr, person=stranger, last_date=day())


def test_a_transfer_keeps_the_history(hr: User, worker: User, workshop: Unit) -> None:
    other = UnitFactory(parent=workshop, name="乙班")
    services.person_transfer(actor=hr, person=worker, unit=other, from_date=day(0))
    assert history(worker) == [("甲班", -100, -1), ("乙班", 0, None)]
    assert f"unit:{other.pk}" in tokens_of(worker)
    assert AuditEntry.objects.get(action="person.transferred").actor == hr


def test_a_transfer_to_come_changes_nothing_today(hr: User, worker: User, workshop: Unit, team: Unit) -> None:
    other = UnitFactory(parent=workshop, name="乙班")
    services.person_transfer(actor=hr, person=worker, unit=other, from_date=day(10))
    assert f"unit:{team.pk}" in tokens_of(worker)
    assert f"unit:{other.pk}" not in tokens_of(worker)
    assert f"unit:{other.pk}" in tokens_of(worker, day(10))


def test_a_posting_is_put_right_on_its_first_day(hr: User, worker: User, workshop: Unit, team: Unit) -> None:
    other, trade = UnitFactory(parent=workshop, name="乙班"), TradeFactory()
    services.person_transfer(actor=hr, person=worker, unit=other, from_date=day())
    services.person_transfer(actor=hr, person=worker, unit=team, trade=trade, from_date=day())
    assert history(worker) == [("甲班", -100, -1), ("甲班", 0, None)]
    with pytest.raises(errors.AlreadyThere):
        services.person_transfer(actor=hr, person=worker, unit=team, trade=trade, from_date=day(1))
    with pytest.raises(errors.TooEarly, match=r"\d{4}-\d\d-\d\d"):
        services.person_transfer(actor=hr, person=worker, unit=other, from_date=day(-1))


def test_nobody_is_posted_to_a_closed_unit(chief: User, worker: User, workshop: Unit) -> None:
    closed = UnitFactory(parent=workshop, is_active=False)
    with pytest.raises(errors.UnitClosed):
        services.person_transfer(actor=chief, person=worker, unit=closed, from_date=day())
    with pytest.raises(errors.UnitClosed):
        services.person_create(actor=chief, staff_number="T9", name="王", unit=closed, from_date=day())


def test_a_leaver_keeps_his_last_day_and_then_the_account_is_shut(hr: User, worker: User, team: Unit) -> None:
    told: list[User] = []
    receiver = lambda person, **_kwargs: told.append(person)  # noqa: E731
    person_left.connect(receiver)
    grant(worker, Role.MASTER, team)
    try:
        services.person_leave(actor=hr, person=worker, last_date=day())
    finally:
        person_left.disconnect(receiver)
    worker.refresh_from_db()
    assert (worker.is_active, worker.left_date, told) == (True, day(), [worker])
    assert worker.grants.get().to_date == day()
    assert tokens_of(worker, day(1)) == {"public"}
    assert services.leavers_deactivate(today=day(0)) == 0
    assert services.leavers_deactivate(today=day(1)) == 1
    worker.refresh_from_db()
    assert not worker.is_active
    with pytest.raises(errors.HasNoPosting):
        services.person_leave(actor=hr, person=worker, last_date=day())


def test_who_left_in_the_past_is_shut_out_at_once_and_can_come_back(hr: User, worker: User, team: Unit) -> None:
    with pytest.raises(errors.TooEarly):
        services.person_leave(actor=hr, person=worker, last_date=day(-200))
    services.person_leave(actor=hr, person=worker, last_date=day(-1))
    worker.refresh_from_db()
    assert not worker.is_active
    services.person_reactivate(actor=hr, person=worker)
    with pytest.raises(errors.TooEarly):
        services.person_transfer(actor=hr, person=worker, unit=team, from_date=day(-1))
    services.person_transfer(actor=hr, person=worker, unit=team, from_date=day(0))
    assert history(worker) == [("甲班", -100, -1), ("甲班", 0, None)]
    assert f"unit:{team.pk}" in tokens_of(worker)


def test_a_deactivated_person_is_out_and_comes_back(hr: User, worker: User) -> None:
    services.person_deactivate(actor=hr, person=worker)
    assert tokens_of(worker) == {"public"}
    services.person_reactivate(actor=hr, person=worker)
    assert "signed-in" in tokens_of(worker)


def test_hr_cannot_shut_out_or_take_over_who_is_above_it(hr: User, worker: User) -> None:
    grant(worker, Role.ADMINISTRATOR)
    for act in (services.person_deactivate, services.person_reactivate):
        with pytest.raises(NotAllowed):
            act(actor=hr, person=worker)
    with pytest.raises(NotAllowed):
        services.person_update(actor=hr, person=worker, name="改", phone="", email="mine@example.com")
    services.person_update(actor=hr, person=worker, name="李铁", phone="1")
    assert AuditEntry.objects.get(action="person.updated").data == {"name": ["李铁柱", "李铁"], "phone": ["", "1"]}


def test_the_list_holds_whom_one_may_read_about(
    hr: User, chief: User, worker: User, company: Unit, workshop: Unit
) -> None:
    stranger = UserFactory(username="Q-002", name="王铁梅")
    posting(stranger, company)
    gone = UserFactory(username="T0003", name="赵铁", is_active=False)
    posting(gone, workshop, since=day(-50), until=day(-10))
    union = UserFactory(username="U9")
    grant(union, Role.UNIT_UNION, workshop)

    def seen(user: User, **asked: object) -> set[str]:
        return set(selectors.people_list(user, PeopleFilter(**asked)).values_list("username", flat=True))  # type: ignore[arg-type]

    assert seen(hr) == seen(union) == {"T0001"}
    assert seen(hr, active=None) == {"T0001", "T0003"}
    assert seen(hr, active=False) == {"T0003"}
    assert seen(chief, text="铁") == {"T0001", "Q-002"}
    assert seen(chief, text="q-0") == {"Q-002"}
    assert seen(chief, unit=workshop) == {"T0001"}
    assert seen(worker) == set()
    assert selectors.person_get_for(hr, gone.pk) == gone
    with pytest.raises(NotAllowed):
        selectors.person_get_for(hr, stranger.pk)
    with pytest.raises(NotFound):
        selectors.person_get_for(hr, 10**9)


def test_the_list_is_narrowed_by_trade(chief: User, team: Unit) -> None:
    trade, person = TradeFactory(), UserFactory()
    posting(person, team, trade=trade)
    posting(UserFactory(), team)
    assert list(selectors.people_list(chief, PeopleFilter(trade=trade))) == [person]


def test_units_are_added_renamed_moved_and_closed(hr: User, chief: User, company: Unit, workshop: Unit) -> None:
    added = units.unit_add(actor=hr, parent=workshop, code="TH-02", name="乙班", kind="team")
    assert added.get_parent() == workshop
    with pytest.raises(errors.CodeTaken):
        units.unit_add(actor=hr, parent=workshop, code="TH-02", name="丙班", kind="team")
    with pytest.raises(NotAllowed):
        units.unit_add(actor=hr, parent=company, code="X", name="别处", kind="team")
    with pytest.raises(NotAllowed):
        units.unit_add(actor=hr, parent=None, code="X", name="别的公司", kind="company")
    renamed = units.unit_update(actor=hr, unit=added, code="TH-03", name="丙班", kind="team")
    assert Unit.objects.get(pk=added.pk).name == renamed.name == "丙班"
    with pytest.raises(errors.CodeTaken):
        units.unit_update(actor=hr, unit=added, code=workshop.code, name="丙班", kind="team")
    root = units.unit_add(actor=chief, parent=None, code="G2", name="二公司", kind="company")
    moved = units.unit_move(actor=chief, unit=Unit.objects.get(pk=added.pk), parent=root)
    assert moved.get_parent() == root
    with pytest.raises(NotAllowed):
        units.unit_move(actor=hr, unit=moved, parent=workshop)
    assert units.unit_move(actor=chief, unit=moved, parent=None).is_root()


def test_a_unit_never_comes_to_stand_below_itself(chief: User, workshop: Unit, team: Unit) -> None:
    with pytest.raises(errors.UnitIntoItself):
        units.unit_move(actor=chief, unit=workshop, parent=team)


def test_moving_a_unit_changes_what_its_people_carry(chief: User, worker: User, company: Unit, team: Unit) -> None:
    other = UnitFactory(parent=company, name="机修车间")
    assert f"unit:{other.pk}" not in tokens_of(worker)
    units.unit_move(actor=chief, unit=team, parent=other)
    assert f"unit:{other.pk}" in tokens_of(worker)


def test_a_unit_closes_only_when_it_is_empty(chief: User, worker: User, workshop: Unit, team: Unit) -> None:
    with pytest.raises(errors.UnitNotEmpty):
        units.unit_close(actor=chief, unit=team)
    Posting.objects.update(to_date=day(-1))
    with pytest.raises(errors.UnitNotEmpty):
        units.unit_close(actor=chief, unit=workshop)
    assert not units.unit_close(actor=chief, unit=team).is_active
    units.unit_close(actor=chief, unit=Unit.objects.get(pk=workshop.pk))
    with pytest.raises(errors.UnitClosed):
        units.unit_reopen(actor=chief, unit=Unit.objects.get(pk=team.pk))
    with pytest.raises(errors.UnitClosed):
        units.unit_add(actor=chief, parent=Unit.objects.get(pk=workshop.pk), code="N", name="新", kind="team")
    units.unit_reopen(actor=chief, unit=Unit.objects.get(pk=workshop.pk))
    assert units.unit_reopen(actor=chief, unit=Unit.objects.get(pk=team.pk)).is_active


def test_trades_and_posts_are_kept_for_the_whole_site(hr: User, chief: User) -> None:
    trade = units.trade_save(actor=chief, trade=None, code="THG", name="碳化工")
    with pytest.raises(errors.CodeTaken):
        units.trade_save(actor=chief, trade=None, code="X", name="碳化工")
    assert units.trade_save(actor=chief, trade=trade, code="THG", name="碳化操作工").pk == trade.pk
    post = units.post_save(actor=chief, post=None, code="P1", name="主操", trade=trade)
    with pytest.raises(errors.CodeTaken):
        units.post_save(actor=chief, post=None, code="P1", name="副操", trade=None)
    units.post_save(actor=chief, post=post, code="P1", name="副操", trade=None)
    assert Post.objects.get().name == "副操"
    with pytest.raises(NotAllowed):
        units.trade_save(actor=hr, trade=None, code="Y", name="钳工")
