"""Studios with leaders, members, rules and equipment."""

from __future__ import annotations

from people.models import Trade, Unit, User
from portal.demo.loader.content import Data, read
from portal.demo.loader.media import picture_get
from portal.demo.loader.organisation import ADMINISTRATOR
from studios.models import Equipment, Studio, StudioEquipment, StudioType
from studios.services import leader_update, member_add, studio_create

RULE_FIELDS = ("work_rules", "activity_rules", "management_rules")


def equipment_load() -> dict[str, Equipment]:
    """Equipment by the demo's key."""
    rows = read("studios")["equipment"]
    return {
        row["key"]: Equipment.objects.create(
            name=row["name"], model_code=row["model_code"], trade=Trade.objects.get(code=row["trade"])
        )
        for row in rows
    }


def studios_load(people: dict[str, User], equipment: dict[str, Equipment]) -> dict[str, Studio]:
    """Studios by the demo's key, ready for work."""
    return {row["key"]: _studio(row, people, equipment) for row in read("studios")["studios"]}


def _studio(row: Data, people: dict[str, User], equipment: dict[str, Equipment]) -> Studio:
    admin, lead = people[ADMINISTRATOR], row["leaders"][0]
    studio = studio_create(
        actor=admin,
        name=row["name"],
        unit=Unit.objects.get(code=row["unit"]),
        leader=people[lead["person"]],
        slug=row["slug"],
        from_date=lead["from_date"],
        types=StudioType.objects.filter(ruleset__code="group-forms", code__in=row["types"]),
        honour=lead["honour"],
        honour_level=lead["honour_level"],
        honour_year=lead["honour_year"],
        specialty=lead["specialty"],
        script=row["script"],
        level=row["level"],
        state=row["state"],
        aim=row["aim"],
        place=row["place"],
        contact=people[lead["person"]].phone,
        plaque=row["name"],
        plaque_date=row["plaque_date"],
        founded_date=row["founded_date"],
        **{field: f"{rule['title']}：{rule['text']}" for field, rule in zip(RULE_FIELDS, row["rules"], strict=True)},
    )
    _people_of(studio, row, people)
    _things_of(studio, row, equipment)
    return studio


def _people_of(studio: Studio, row: Data, people: dict[str, User]) -> None:
    admin = people[ADMINISTRATOR]
    portraits = {person["staff"]: person for person in read("people")["people"]}
    leader = studio.leaders.get()
    face = portraits[leader.person.username]
    photo = picture_get(f"portrait-{face['portrait']}", face["name"], studio)
    leader_update(actor=admin, leader=leader, words=row["words"], photo=photo)
    for member in row["members"]:
        if member["role"] != "head":
            member_add(
                actor=admin,
                studio=studio,
                person=people[member["person"]],
                role=member["role"],
                from_date=member["from_date"],
                skill_level=member.get("skill_level", ""),
                education=member.get("education", ""),
                age_band=member.get("age_band", ""),
            )


def _things_of(studio: Studio, row: Data, equipment: dict[str, Equipment]) -> None:
    studio.plaque_photo = picture_get(row["picture"], row["picture_alt"], studio)
    studio.save()
    page = studio.page
    page.introduction = row["introduction"]
    page.save_revision(log_action=False).publish(user=studio.leaders.get().person, skip_permission_checks=True)
    for item in row["equipment"]:
        StudioEquipment.objects.create(
            studio=studio, equipment=equipment[item["key"]], kind=item["kind"], quantity=item["quantity"]
        )
    for honour in row["honours"]:
        studio.honours.create(name=honour["name"], given_by=honour["given_by"], year=honour["year"])
