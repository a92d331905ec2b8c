"""The command that loads the demo."""

import io

import pytest
from django.core.management import CommandError, call_command

from courses.models import CoursePage
from kb.models import OperatingMethodPage
from people.models import User
from portal.demo.loader.organisation import PASSWORD

pytestmark = pytest.mark.django_db


def test_an_empty_site_gets_the_demo_and_is_told_how_to_sign_in(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    out = io.StringIO()
    call_command("demo_load", stdout=out)
    assert OperatingMethodPage.objects.live().count() >= 14
    assert CoursePage.objects.live().count() == 3
    assert PASSWORD in out.getvalue()
    assert "T0001" in out.getvalue()


def test_production_never_gets_people_with_a_public_password(settings):
    settings.DEMO_ALLOWED = False
    with pytest.raises(CommandError, match="正式环境"):
        call_command("demo_load")
    assert not User.objects.filter(username="T0001").exists()
