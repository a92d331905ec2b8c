"""Pictures: phones' formats and ways up, words for each, nothing that tells where it was taken."""

import io
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from studios.models import MembershipRole, Picture
from studios.picture_files import ORIENTATION, picture_cleaned
from tests.factories.kb import image_bytes
from tests.factories.studios import make_member, make_studio

pytestmark = pytest.mark.django_db
GPS = 0x8825
MAKE = 0x010F


def exif(orientation=1):
    data = Image.Exif()
    data[MAKE] = "Phone"
    data[ORIENTATION] = orientation
    data.get_ifd(GPS)[1] = "N"
    data.get_ifd(GPS)[2] = (39.0, 54.0, 0.0)
    return data


def photo(kind="JPEG", orientation=1, size=(64, 48)):
    return image_bytes(size, kind, exif=exif(orientation).tobytes())


@pytest.fixture
def studio():
    return make_studio()


@pytest.fixture
def master(client, studio):
    client.force_login(make_member(studio, MembershipRole.MASTER).person)
    return client


def upload(client, studio, name, data, **fields):
    values = {
        "title": "图",
        "file": SimpleUploadedFile(name, data),
        "description": "木塞正对漏点",
        "collection": studio.collection.pk,
        **fields,
    }
    return client.post("/admin/images/add/", values)


@pytest.mark.parametrize(
    ("name", "kind"), [("a.jpg", "JPEG"), ("a.png", "PNG"), ("a.webp", "WEBP"), ("a.heic", "HEIF"), ("a.avif", "AVIF")]
)
def test_what_a_phone_writes_about_the_place_is_never_kept(master, studio, name, kind):
    response = upload(master, studio, name, photo(kind))
    assert response.status_code == 302, response.content.decode()[:3000]
    picture = Picture.objects.get()
    with Image.open(picture.file.path) as kept:
        assert GPS not in kept.getexif()
        assert MAKE not in kept.getexif()
    with Image.open(picture.get_rendition("width-32").file.path) as shown:
        assert not dict(shown.getexif())


def test_a_heic_photo_becomes_a_jpeg_that_every_browser_shows(master, studio):
    upload(master, studio, "a.heic", photo("HEIF"))
    picture = Picture.objects.get()
    assert picture.filename.endswith(".jpg")
    assert (picture.width, picture.height) == (64, 48)


@pytest.mark.parametrize(("name", "kind"), [("a.jpg", "JPEG"), ("a.webp", "WEBP")])
def test_a_photo_taken_upright_is_shown_upright(master, studio, name, kind):
    upload(master, studio, name, photo(kind, orientation=6))
    rendition = Picture.objects.get().get_rendition("max-200x200")
    assert rendition.height > rendition.width


def test_twelve_megabytes_of_photo_are_taken(master, studio):
    noise = Image.effect_noise((4000, 3000), 90).convert("RGB")
    buffer = io.BytesIO()
    noise.save(buffer, "JPEG", quality=97)
    data = buffer.getvalue()
    assert len(data) > 11_000_000
    upload(master, studio, "a.jpg", data)
    assert Picture.objects.get().get_rendition("width-480").width == 480


def test_a_picture_without_words_is_refused_single_and_in_several(master, studio):
    html = upload(master, studio, "a.png", image_bytes(), description="").content.decode()
    assert "看不见图的人要靠它" in html
    response = master.post(
        "/admin/images/multiple/add/",
        {"title": "图", "files[]": SimpleUploadedFile("a.png", image_bytes()), "collection": studio.collection.pk},
        headers={"x-requested-with": "XMLHttpRequest"},
    )
    answer = json.loads(response.content)
    assert answer["success"]
    assert not Picture.objects.exists()
    number = answer["uploaded_file_id"]
    path = f"/admin/images/multiple/create_from_uploaded_image/{number}/"
    form = {
        f"uploaded-image-{number}-title": "图",
        f"uploaded-image-{number}-description": "",
        f"uploaded-image-{number}-collection": studio.collection.pk,
        f"uploaded-image-{number}-tags": "",
    }
    asked = {"x-requested-with": "XMLHttpRequest"}
    assert not json.loads(master.post(path, form, headers=asked).content)["success"]
    form[f"uploaded-image-{number}-description"] = "木塞"
    assert json.loads(master.post(path, form, headers=asked).content)["success"]
    assert Picture.objects.get().description == "木塞"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
        ("a.png", b"<script>alert(1)</script>"),
        ("a.png", image_bytes(kind="JPEG")),
        ("a.jpg", b"MZ\x90\0"),
    ],
)
def test_scripts_and_false_names_are_refused(master, studio, name, data):
    assert upload(master, studio, name, data).status_code == 200
    assert not Picture.objects.exists()


def test_a_picture_made_to_eat_memory_is_refused(master, studio):
    buffer = io.BytesIO()
    Image.new("1", (12_000, 12_000)).save(buffer, "PNG")
    html = upload(master, studio, "a.png", buffer.getvalue()).content.decode()
    assert not Picture.objects.exists()
    assert "像素" in html


def test_a_jpeg_keeps_every_pixel():
    data = photo("JPEG", orientation=6)
    name, kept = picture_cleaned("a.jpg", io.BytesIO(data))
    before, after = Image.open(io.BytesIO(data)), Image.open(kept)
    assert name == "a.jpg"
    assert before.tobytes() == after.tobytes()
    assert after.getexif()[ORIENTATION] == 6


def test_an_animation_without_words_about_itself_is_left_as_it_is():
    data = image_bytes(kind="GIF")
    _name, kept = picture_cleaned("a.gif", io.BytesIO(data))
    assert kept.read() == data
