"""Files: uploads are not believed, readers are asked for, players may seek."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.models import Collection, CollectionViewRestriction

from kb.models import File
from search import registry
from search.models import SearchObject
from studios.models import MembershipRole
from tests.factories.kb import PDF, make_file
from tests.factories.people import day, grant
from tests.factories.studios import make_member, make_person, make_studio

pytestmark = pytest.mark.django_db


def body(response):
    return b"".join(response.streaming_content)


def wanted(document):
    return SearchObject.objects.get(kind="file", key=str(document.pk)).wanted_version


def test_a_file_lies_outside_the_media_directory_and_has_no_address_there(client):
    document = make_file()
    path = Path(document.file.path)
    assert path.is_relative_to(settings.FILES_ROOT)
    assert not path.is_relative_to(settings.MEDIA_ROOT)
    assert document.url.startswith("/files/")
    with pytest.raises(NotImplementedError):
        _ = document.file.url
    assert client.get(f"/media/{document.file.name}").status_code == 404


def test_an_upload_that_is_not_what_it_says_is_refused_with_a_sentence():
    document = File(title="x", file=SimpleUploadedFile("x.pdf", b"MZ\x90\0"))
    with pytest.raises(ValidationError, match="扩展名不符"):
        document.full_clean()
    File(title="x", file=SimpleUploadedFile("x.pdf", PDF)).full_clean(exclude=["collection"])


def test_programs_are_not_taken_at_all():
    for name in ("x.svg", "x.exe", "x.js"):
        with pytest.raises(ValidationError):
            File(title="x", file=SimpleUploadedFile(name, b"<script>")).full_clean()


def test_names_are_cleaned_when_a_file_is_stored():
    document = make_file(name="堵漏 手册.PDF")
    assert document.filename == "堵漏-手册.pdf"


def test_a_file_is_served_so_that_it_can_never_run_as_a_page_of_ours(client):
    response = client.get(make_file(name="x.docx", content=PDF).url)
    assert body(response) == PDF
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]
    assert client.get(make_file().url)["Content-Disposition"].startswith("inline")


def test_a_player_may_seek(client):
    video = make_file(name="x.mp4", content=bytes(range(256)) * 1000)
    response = client.get(video.url, headers={"range": "bytes=1000-1009"})
    assert response.status_code == 206
    assert response["Content-Range"] == "bytes 1000-1009/256000"
    assert body(response) == (bytes(range(256)) * 1000)[1000:1010]
    assert client.get(video.url, headers={"range": "bytes=999999-"}).status_code == 416
    assert client.get(video.url, headers={"range": "bytes=0-1", "if-range": '"old"'}).status_code == 200


def test_a_file_that_did_not_change_is_not_sent_again(client):
    document = make_file()
    tag = client.get(document.url)["ETag"]
    assert client.get(document.url, headers={"if-none-match": tag}).status_code == 304


def test_the_readers_of_a_file_are_its_collections_and_its_own_both(client):
    studio = make_studio()
    member = make_member(studio, MembershipRole.MEMBER).person
    auditor = make_person()
    grant(auditor, "auditor", since=day(-1))
    document = make_file(studio=studio, own_audience=[f"studio:{studio.pk}"])
    assert client.get(document.url).status_code == 302
    client.force_login(make_person())
    assert client.get(document.url).status_code == 403
    for reader in (member, auditor):
        client.force_login(reader)
        assert client.get(document.url).status_code == 200
    CollectionViewRestriction.objects.create(collection=studio.collection, restriction_type="groups")
    client.force_login(member)
    assert client.get(document.url).status_code == 403


def test_a_wrong_name_in_the_address_finds_nothing(client):
    document = make_file()
    assert client.get(f"/files/{document.pk}/other.pdf").status_code == 404


def test_every_change_of_a_file_or_of_who_may_see_it_reaches_the_search():
    studio = make_studio()
    document = make_file(studio=studio)
    before = wanted(document)
    document.title = "新名"
    document.save()
    assert wanted(document) == before + 1
    restriction = CollectionViewRestriction.objects.create(collection=studio.collection, restriction_type="login")
    assert wanted(document) == before + 2
    restriction.delete()
    studio.collection.refresh_from_db()
    other = Collection.get_first_root_node().add_child(name="别处")
    studio.collection.move(other, pos="sorted-child")
    Collection.objects.get(pk=studio.collection.pk).save()
    assert wanted(document) > before + 2
    key = str(document.pk)
    version = wanted(document)
    document.delete()
    assert SearchObject.objects.get(kind="file", key=key).wanted_version > version


def test_a_file_is_found_by_its_title_under_its_own_audience():
    studio = make_studio()
    searchable = registry.get("file")
    document = make_file(title="堵漏手册", name="handbook.pdf", studio=studio, own_audience=["signed-in"])
    piece = searchable.build(str(document.pk))
    assert (piece.title, piece.studio) == ("堵漏手册", studio.pk)
    assert str(document.pk) in list(searchable.keys())
    CollectionViewRestriction.objects.create(collection=studio.collection, restriction_type="password", password="x")
    assert searchable.build(str(document.pk)) is None
    assert searchable.build("0") is None


def test_a_master_uploads_only_to_his_studio(client):
    studio, other = make_studio(), make_studio()
    client.force_login(make_member(studio, MembershipRole.MASTER).person)
    data = {"title": "手册", "file": SimpleUploadedFile("x.pdf", PDF), "collection": other.collection.pk}
    client.post("/admin/documents/add/", data)
    assert not File.objects.filter(collection=other.collection).exists()
    data = {"title": "手册", "file": SimpleUploadedFile("x.pdf", PDF), "collection": studio.collection.pk}
    client.post("/admin/documents/add/", data)
    assert File.objects.filter(collection=studio.collection, title="手册").exists()


def test_a_saved_web_page_is_taken_away_and_never_shown(client):
    page = SimpleUploadedFile("x.html", "<!doctype html><p>堵漏</p>".encode())
    File(title="x", file=page).full_clean(exclude=["collection"])
    response = client.get(make_file(name="x.html", content=b"<script>alert(1)</script>").url)
    assert response["Content-Disposition"].startswith("attachment")
    assert response["Content-Type"] == "application/octet-stream"
    assert "sandbox" in response["Content-Security-Policy"]
