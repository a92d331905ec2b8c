"""A picture is seen by whoever may see a page that shows it, and by those who work with it; nobody else."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from wagtail.models import CollectionViewRestriction, PageViewRestriction

from people.audience.rules import token
from people.models import Role, User
from studios.models import Picture, PictureUse, Studio, StudioPage
from studios.pictures.services import picture_uses_refresh_all
from tests.factories.courses import (
    make_course,
    make_question,
    make_quiz,
    make_reading,
    make_video,
    publish,
)
from tests.factories.kb import make_method, make_picture, make_textbook, step_block
from tests.factories.people import grant
from tests.factories.studios import make_member, make_person, make_studio

pytestmark = pytest.mark.django_db

PEOPLE = ("public", "trainee", "member", "other head", "editor", "auditor", "administrator")
EVERYBODY = set(PEOPLE)
INSIDERS = {"member", "editor", "auditor", "administrator"}
SIGNED_IN = EVERYBODY - {"public"}


class Cast:
    """A studio, a picture in its collection, and one person of each kind."""

    def __init__(self) -> None:
        self.studio = make_studio()
        self.picture = make_picture(studio=self.studio)
        self.clients: dict[str, Client] = {name: Client() for name in PEOPLE}
        sign = {"trainee": make_person(), "member": make_member(self.studio).person, "other head": self._head()}
        for role in (Role.EDITOR, Role.AUDITOR, Role.ADMINISTRATOR):
            sign[role.value] = make_person()
            grant(sign[role.value], role)
        for name, person in sign.items():
            self.clients[name].force_login(person)

    @staticmethod
    def _head() -> User:
        head = make_person()
        make_studio(leader=head)
        return head

    @property
    def url(self) -> str:
        return self.picture.get_rendition("width-40").url

    def seen_by(self) -> set[str]:
        """Who is given the picture; the public is sent to sign in, the others are told that they may not."""
        found = set()
        for name, client in self.clients.items():
            answer = client.get(self.url)
            if answer.status_code == 200:
                found.add(name)
                continue
            assert answer.status_code == (302 if name == "public" else 403)
            assert "no-store" in answer.headers["Cache-Control"]
        return found


@pytest.fixture
def cast() -> Cast:
    return Cast()


def steps_with(picture: Picture) -> list[dict[str, Any]]:
    return [step_block(1, right={"picture": picture.pk, "caption": ""})]


def method_with(cast: Cast, **fields: Any) -> Any:
    return make_method(studio=cast.studio, steps=steps_with(cast.picture), **fields)


def restrict(page: Any, kind: str, **fields: Any) -> PageViewRestriction:
    return PageViewRestriction.objects.create(page=page, restriction_type=kind, **fields)


def test_a_picture_that_no_page_shows_is_for_those_who_work_with_it(cast):
    assert cast.seen_by() == INSIDERS


def test_a_public_pages_picture_is_everybodys_at_once(cast):
    method_with(cast)
    assert cast.seen_by() == EVERYBODY


def test_a_drafts_picture_is_for_those_who_work_with_it(cast):
    method_with(cast, published=False)
    assert cast.seen_by() == INSIDERS


def test_a_draft_of_a_public_page_gives_nothing_away_before_it_is_published(cast):
    method = make_method(studio=cast.studio)
    method.steps = steps_with(cast.picture)
    revision = method.save_revision()
    assert cast.seen_by() == INSIDERS
    revision.publish()
    assert cast.seen_by() == EVERYBODY


def test_a_page_for_one_studio_keeps_its_pictures_in_it(cast):
    method_with(cast, own_audience=[token("studio", cast.studio.pk)])
    assert cast.seen_by() == INSIDERS


def test_a_page_for_another_studio_shows_it_there(cast):
    other = User.objects.get(pk=cast.clients["other head"].session["_auth_user_id"])
    studio = Studio.objects.get(memberships__person=other)
    make_method(studio=studio, steps=steps_with(cast.picture), own_audience=[token("studio", studio.pk)])
    assert cast.seen_by() == INSIDERS | {"other head"}


def test_one_public_page_among_restricted_ones_opens_it(cast):
    method_with(cast, own_audience=[token("studio", cast.studio.pk)])
    assert cast.seen_by() == INSIDERS
    public = method_with(cast)
    assert cast.seen_by() == EVERYBODY
    public.delete()
    assert cast.seen_by() == INSIDERS


def test_unpublishing_closes_it_and_publishing_opens_it_again(cast):
    method = method_with(cast)
    method.unpublish()
    assert cast.seen_by() == INSIDERS
    method.refresh_from_db()
    method.save_revision().publish()
    assert cast.seen_by() == EVERYBODY


def test_a_restriction_on_the_studios_page_holds_while_it_stands(cast):
    method_with(cast)
    held = restrict(cast.studio.page, PageViewRestriction.LOGIN)
    assert cast.seen_by() == SIGNED_IN
    held.delete()
    assert cast.seen_by() == EVERYBODY


def test_moving_a_page_below_a_restricted_place_closes_its_pictures(cast):
    method = method_with(cast)
    closed = make_studio()
    group = restrict(closed.page, PageViewRestriction.GROUPS)
    group.groups.add(closed.members_group)
    method.move(StudioPage.objects.get(studio=closed), pos="last-child")
    assert cast.seen_by() == INSIDERS
    member = Client()
    member.force_login(make_member(closed).person)
    assert member.get(cast.url).status_code == 200


def test_a_shared_password_opens_the_pictures_with_the_page(cast):
    method = method_with(cast)
    held = restrict(method, PageViewRestriction.PASSWORD, password="木塞")
    assert cast.seen_by() == INSIDERS
    client = cast.clients["public"]
    page = client.get(method.get_url())
    assert "password" in page.content.decode()
    client.post(
        f"/_util/authenticate_with_password/{held.pk}/{method.pk}/",
        {"password": "木塞", "return_url": method.get_url()},
    )
    assert client.get(cast.url).status_code == 200


def test_a_restricted_collection_is_asked_too(cast):
    method_with(cast)
    CollectionViewRestriction.objects.create(
        collection=cast.studio.collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    assert cast.seen_by() == SIGNED_IN
    assert "private" in cast.clients["trainee"].get(cast.url).headers["Cache-Control"]


def test_who_left_the_studio_sees_it_no_more(cast):
    from studios.services import member_remove

    member = cast.studio.memberships.get(person=cast.clients["member"].session["_auth_user_id"])
    person = member.person
    assert cast.clients["member"].get(cast.url).status_code == 200
    member_remove(actor=None, membership=member)
    cast.clients["member"].force_login(person)
    assert cast.clients["member"].get(cast.url).status_code == 403


def test_what_a_release_showed_stays_with_the_page(cast):
    method = method_with(cast)
    method.steps = [step_block(1)]
    method.save_revision().publish()
    assert cast.seen_by() == EVERYBODY, "who learns the earlier release still sees its pictures"
    restrict(method, PageViewRestriction.LOGIN)
    assert cast.seen_by() == SIGNED_IN


def test_rich_text_shows_pictures_too(cast):
    body = f'<p>看图。</p><embed embedtype="image" id="{cast.picture.pk}" format="left" alt="塞"/>'
    textbook = make_textbook(studio=cast.studio)
    block = {"type": "section", "value": {"heading": "一", "body": body, "pictures": []}}
    textbook.sections = [block]
    textbook.save_revision().publish()
    assert cast.seen_by() == EVERYBODY


def test_plaque_and_portraits_belong_to_the_studios_page(cast):
    leader, studio = cast.studio.leaders.get(), cast.studio
    leader.photo = cast.picture
    leader.save()
    assert cast.seen_by() == EVERYBODY
    leader.photo = None
    leader.save()
    assert cast.seen_by() == INSIDERS
    studio.plaque_photo = cast.picture
    studio.save()
    assert cast.seen_by() == EVERYBODY
    restrict(studio.page, PageViewRestriction.LOGIN)
    assert cast.seen_by() == SIGNED_IN


def test_all_pictures_of_a_course_are_for_those_who_may_see_the_course(cast):
    inside = [token("studio", cast.studio.pk)]
    course = make_course(studio=cast.studio, own_audience=inside, cover=make_picture(studio=cast.studio))
    video = make_video(course, poster=make_picture(studio=cast.studio))
    reading = make_reading(course)
    reading.body = [{"type": "section", "value": {"heading": "", "text": "<p>看图。</p>", "picture": cast.picture.pk}}]
    publish(reading)
    question = make_question(cast.studio, picture=make_picture(studio=cast.studio))
    make_quiz(course, [question])
    trainee = cast.clients["trainee"]
    pictures = [course.cover, video.poster, cast.picture, question.picture]
    urls = [picture.get_rendition("width-40").url for picture in pictures]
    assert [trainee.get(url).status_code for url in urls] == [403] * 4
    course.own_audience = []
    course.save_revision().publish()
    assert [trainee.get(url).status_code for url in urls] == [200] * 4


def test_a_public_picture_costs_one_query_and_none_on_the_disk_when_it_is_known(cast, django_assert_num_queries):
    method_with(cast)
    url, client = cast.url, Client()
    with django_assert_num_queries(1):
        answer = client.get(url)
    assert answer.headers["Cache-Control"] == "public, max-age=3600"
    assert answer.headers["Content-Type"] == "image/png"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")
    with django_assert_num_queries(1):
        again = client.get(url, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_known_restricted_picture_is_not_confirmed_to_strangers(cast):
    method_with(cast, own_audience=[token("studio", cast.studio.pk)])
    mine = cast.clients["member"].get(cast.url)
    assert mine.headers["Cache-Control"] == "private, no-cache"
    tag = {"If-None-Match": mine.headers["ETag"]}
    assert cast.clients["member"].get(cast.url, headers=tag).status_code == 304
    assert cast.clients["trainee"].get(cast.url, headers=tag).status_code == 403
    assert Client().get(cast.url, headers=tag).status_code == 302


def test_a_restricted_picture_costs_few_queries(cast, django_assert_max_num_queries):
    method_with(cast, own_audience=[token("studio", cast.studio.pk)])
    url, client = cast.url, cast.clients["member"]
    client.get(url)
    with django_assert_max_num_queries(6):
        client.get(url)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "images/",
        "images/never.png",
        "documents/secret.pdf",
        "original_images/valve.jpg",
        "images/../original_images/valve.jpg",
        "images//../documents/secret.pdf",
        "images/%2e%2e/original_images/valve.jpg",
        "images/loose.png",
    ],
)
def test_files_originals_and_whatever_else_lies_there_have_no_address(client: Client, path: str):
    root = Path(settings.MEDIA_ROOT)
    for name in ("documents/secret.pdf", "original_images/valve.jpg", "images/loose.png"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(b"content")
    assert client.get(f"/media/{path}").status_code == 404


def test_the_original_of_a_public_picture_has_no_address(cast):
    method_with(cast)
    assert Client().get(f"/media/{cast.picture.file.name}").status_code == 404


def test_a_rendition_whose_file_is_gone_is_not_found(cast):
    method_with(cast)
    rendition = cast.picture.get_rendition("width-40")
    rendition.file.storage.delete(rendition.file.name)
    assert Client().get(rendition.url).status_code == 404


def test_only_reading_is_answered(cast):
    assert Client().post(cast.url).status_code == 405
    method_with(cast)
    assert Client().head(cast.url).status_code == 200


def test_an_upgrade_fills_the_table_with_what_the_signals_would_have_written(cast):
    method = method_with(cast)
    method.steps = [step_block(1)]
    method.save_revision().publish()
    course = make_course(studio=cast.studio, cover=cast.picture)
    make_quiz(course, [make_question(cast.studio, picture=cast.picture)])
    leader = cast.studio.leaders.get()
    leader.photo = cast.picture
    leader.save()
    written = set(PictureUse.objects.values_list("picture", "page", "source"))
    assert {source for _picture, _page, source in written} == {"release", "course release", "page", "studio"}
    assert picture_uses_refresh_all() == 0
    PictureUse.objects.all().delete()
    call_command("migrate", verbosity=0)
    assert set(PictureUse.objects.values_list("picture", "page", "source")) == written


def test_the_command_heals_what_went_past_the_signals(cast, capsys):
    method = method_with(cast)
    PictureUse.objects.all().delete()
    PictureUse.objects.create(picture=cast.picture, page=cast.studio.page, source="page")
    call_command("picture_uses_refresh")
    assert "changed" in capsys.readouterr().out
    assert set(PictureUse.objects.values_list("page", flat=True)) == {method.pk}


def test_a_text_that_names_a_deleted_picture_can_be_saved(cast):
    method = method_with(cast)
    Picture.objects.all().delete()
    method.save()
    assert not PictureUse.objects.exists()
