"""Ranks have room for how often something was opened; pinyin is stored as many say it, too; removals of words are told."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models

PINYIN = (200_000, 400_000)
FOLDED_ABOVE = 400_000
LONGEST_KEY = 64
MARK = b"~"
BATCH = 2000
FOLDS = ((b"zh", b"z"), (b"ch", b"c"), (b"sh", b"s"), (b"ng", b"n"), (b"l", b"n"), (b"f", b"h"), (b"v", b"u"))
FORWARD = (
    "UPDATE search_suggestionkey SET rank = (rank / 10000) * 100000 + ((rank % 10000) / 100) * 1000 + 900 + rank % 100"
)
BACKWARD = (
    "UPDATE search_suggestionkey SET rank = (rank / 100000) * 10000 + ((rank % 100000) / 1000) * 100 + rank % 100"
)


def keys_fold(apps: Any, schema_editor: Any) -> None:
    """A folded spelling for each full pinyin that is stored."""
    key_model = apps.get_model("search", "SuggestionKey")
    made: list[Any] = []
    seen: set[tuple[int, bytes]] = set()
    for row in key_model.objects.filter(rank__gte=PINYIN[0], rank__lt=PINYIN[1]).order_by("rank", "pk").iterator():
        key = bytes(row.key)
        for said, plain in FOLDS:
            key = key.replace(said, plain)
        key = (MARK + key)[:LONGEST_KEY].decode("utf-8", "ignore").encode()
        if (row.entry_id, key) not in seen:
            seen.add((row.entry_id, key))
            made.append(key_model(entry_id=row.entry_id, key=key, head=key[0], rank=row.rank + FOLDED_ABOVE))
    key_model.objects.bulk_create(made, batch_size=BATCH)


def keys_unfold(apps: Any, schema_editor: Any) -> None:
    """They go."""
    apps.get_model("search", "SuggestionKey").objects.filter(head=MARK[0]).delete()


class Migration(migrations.Migration):
    dependencies = [("search", "0005_changed_first")]

    operations = [
        migrations.AddField(
            model_name="suggestionentry",
            name="opened",
            field=models.SmallIntegerField(default=0, verbose_name="打开得多"),
        ),
        migrations.CreateModel(
            name="VocabularyCensus",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"))
            ],
            options={"verbose_name": "词汇清理", "verbose_name_plural": "词汇清理"},
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
        migrations.RunPython(keys_fold, keys_unfold),
    ]
