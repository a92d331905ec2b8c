"""The pictures that a row shows: in its fields, its streams, its rich text and the rows that belong to it."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from typing import Any

from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail.blocks import StreamValue

from studios.models import Picture


def pictures_in(row: models.Model) -> set[int]:
    """Ids of the pictures in a row as it stands in memory; none is fetched."""
    return set(_found(row))


def _found(row: models.Model) -> Iterator[int]:
    keys, texts, children = _places(type(row))
    for name in keys:
        pk = getattr(row, name)
        if pk is not None:
            yield pk
    for name in texts:
        yield from pictures_of_field(row._meta.get_field(name), getattr(row, name))
    for accessor in children:
        for child in getattr(row, accessor).all():
            yield from _found(child)


def pictures_of_field(holder: Any, value: Any) -> Iterator[int]:
    """Ids of the pictures in the value of a field or block that can tell what it refers to.

    A stream is read from a copy: reading it would fill in what its raw data leaves out, and its release would differ.
    """
    if isinstance(value, StreamValue):
        value = value.stream_block.to_python(deepcopy(list(value.raw_data)))
    for model, pk, _model_path, _content_path in holder.extract_references(value):
        if model is Picture:
            yield int(pk)


@cache
def _places(model: type[models.Model]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Where a model can hold pictures: keys, texts and streams, accessors of child rows that can."""
    keys: list[str] = []
    texts: list[str] = []
    for field in model._meta.get_fields():
        if isinstance(field, models.ForeignKey) and field.related_model is Picture:
            keys.append(field.attname)
        elif hasattr(field, "extract_references"):
            texts.append(field.name)
    children = [
        relation.get_accessor_name()
        for relation in get_all_child_relations(model)
        if any(_places(relation.related_model))
    ]
    return tuple(keys), tuple(texts), tuple(children)
