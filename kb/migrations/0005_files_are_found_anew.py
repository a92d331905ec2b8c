"""What the index says of files changed: figures instead of words, and subtitles stand on their film alone."""

from django.db import migrations
from django.db.models import F
from django.utils import timezone


def files_send(apps, _schema_editor):
    """As `search.services.objects_changed` for every file."""
    now = timezone.now()
    rows = apps.get_model("search", "SearchObject").objects.filter(kind="file")
    rows.update(wanted_version=F("wanted_version") + 1, due_at=now, changed_at=now)


class Migration(migrations.Migration):
    dependencies = [("kb", "0004_film_subtitles"), ("search", "0004_insight_and_pins")]
    operations = [migrations.RunPython(files_send, files_send)]
