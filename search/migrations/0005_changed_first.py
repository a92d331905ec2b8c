"""An index of what somebody changed and nobody sent: it goes before what a rebuild sends again."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0004_insight_and_pins")]

    operations = [
        migrations.AddIndex(
            model_name="searchobject",
            index=models.Index(
                condition=models.Q(("due_at", models.F("changed_at"))), fields=["due_at"], name="search_object_changed"
            ),
        ),
    ]
