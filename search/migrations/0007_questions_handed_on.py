"""How often readers handed on a question that found nothing."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("search", "0006_openings_and_folded_keys")]

    operations = [
        migrations.AddField(
            model_name="askedcount",
            name="wanted",
            field=models.PositiveIntegerField(default=0, verbose_name="请师傅写的次数"),
        ),
    ]
