"""What was sent in a backlog is suggested when nothing is left to send: kept here until then."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0007_questions_handed_on")]

    operations = [
        migrations.CreateModel(
            name="SuggestionBacklog",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("waiting", models.JSONField()),
            ],
            options={"verbose_name": "待写入的输入提示", "verbose_name_plural": "待写入的输入提示"},
        )
    ]
