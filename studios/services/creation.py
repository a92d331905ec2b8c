"""Creating a studio is one service: its row, place in the tree, groups, collection and workflow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _
from wagtail.models import (
    Collection,
    Page,
    Site,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from people import logs
from people.models import Unit, User
from studios import rules, selectors
from studios.errors import NameTaken
from studios.models import HomePage, Studio, StudioIndexPage, StudioPage, StudioType
from studios.review_task import task_model
from studios.services.groups import collection_rights_grant, groups_make, page_rights_grant
from studios.services.leaders import leader_add


def home_ensure() -> HomePage:
    """The tree's home node, made on the first call; the site points to it."""
    home = HomePage.objects.first()
    if home is None:
        root = Page.get_first_root_node()
        home = root.add_child(instance=HomePage(title=_("传承"), slug="chuancheng"))
    Site.objects.update_or_create(
        is_default_site=True, defaults={"root_page": home, "hostname": "localhost", "site_name": "传承"}
    )
    # Wagtail's welcome page would answer under a second address.
    for page in home.get_siblings(inclusive=False).filter(depth=home.depth, slug="home"):
        page.delete()
    return HomePage.objects.get(pk=home.pk)


def index_ensure() -> StudioIndexPage:
    """The index of studios below the home node, made on the first call."""
    index = StudioIndexPage.objects.first()
    if index is None:
        index = home_ensure().add_child(instance=StudioIndexPage(title=_("工作室"), slug="studios"))
    return index


@transaction.atomic
def studio_create(
    *,
    actor: User | None,
    name: str = "",
    unit: Unit,
    leader: User,
    slug: str = "",
    from_date: dt.date | None = None,
    types: Iterable[StudioType] = (),
    honour: str = "",
    honour_level: str = "",
    honour_year: int | None = None,
    specialty: str = "",
    script: str = "zh-Hans",
    **record: object,
) -> Studio:
    """Makes a studio that is ready for work, led by `leader`, who becomes its head.

    `name` defaults to the official name built from the leader's. `record` takes further fields of `Studio`.
    Raises NameTaken.
    """
    name = name.strip() or rules.official_name(leader.name)
    slug = slug or slugify(name, allow_unicode=True)
    if Studio.objects.filter(name=name).exists() or Studio.objects.filter(slug=slug).exists():
        raise NameTaken
    studio = Studio(name=name, slug=slug, unit=unit, **record)
    studio.save()
    groups_make(studio)
    studio.collection = Collection.get_first_root_node().add_child(name=name)
    collection_rights_grant(studio, studio.collection)
    studio.save()
    studio.types.set(types)
    page = index_ensure().add_child(instance=StudioPage(title=name, slug=slug, studio=studio, script=script))
    page.save_revision(user=actor, log_action=False).publish(user=actor, skip_permission_checks=True)
    page_rights_grant(studio, page)
    _workflow_make(studio, page)
    leader_add(
        actor=actor,
        studio=studio,
        person=leader,
        from_date=from_date or selectors.today(),
        honour=honour,
        honour_level=honour_level,
        honour_year=honour_year,
        specialty=specialty,
    )
    logs.record(actor=actor, action="studio.create", target=studio, data={"name": name, "unit": unit.code})
    return studio


def _workflow_make(studio: Studio, page: Page) -> None:
    task = task_model().objects.create(name=_("负责人审核：%(studio)s") % {"studio": studio.name})
    task.groups.add(studio.heads_group)
    workflow = Workflow.objects.create(name=_("发布审核：%(studio)s") % {"studio": studio.name})
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=page)
