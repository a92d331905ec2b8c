"""Loads the whole demo, all or nothing."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.utils import translation

from courses.models import CoursePage
from kb.models import KnowledgePage, Release
from people.models import User
from portal.demo.loader.content import read
from portal.demo.loader.courses import courses_load
from portal.demo.loader.drafts import drafts_load
from portal.demo.loader.knowledge import Shelf, knowledge_load
from portal.demo.loader.learning import learning_load
from portal.demo.loader.media import materials_load
from portal.demo.loader.organisation import organisation_load, people_load
from portal.demo.loader.studios import equipment_load, studios_load
from portal.demo.loader.terms import terms_load
from studios.models import Studio


@dataclass(frozen=True, slots=True)
class Counts:
    """What of the demo stands in the site."""

    people: int
    studios: int
    pages: int
    releases: int
    courses: int


def loaded() -> bool:
    """Whether the demo is here already: one transaction brings it, so one studio speaks for all."""
    return Studio.objects.filter(slug=read("studios")["studios"][0]["slug"]).exists()


def counts() -> Counts:
    """Figures to show after loading."""
    pages = sum(model.objects.live().count() for model in KnowledgePage.__subclasses__())
    courses = CoursePage.objects.live().count()
    return Counts(User.objects.count(), Studio.objects.count(), pages, Release.objects.count(), courses)


@transaction.atomic
def demo_load() -> None:
    """Brings everything into an empty site, in the words of the demo whatever language the process speaks."""
    with translation.override("zh-hans"):
        organisation_load()
        people = people_load()
        equipment = equipment_load()
        studios = studios_load(people, equipment)
        files = materials_load(studios, people)
        shelf = Shelf(people, studios, equipment, files)
        knowledge_load(shelf)
        courses = courses_load(shelf)
        learning_load(people, courses)
        drafts_load(shelf)
        terms_load(people)
