"""The page about the API, drawn by us from the schema: no scripts of others, nothing from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from ninja import NinjaAPI

from people.tokens import rules

Json = dict[str, Any]
EXAMPLES = {
    "search": {"q": "堵漏", "kind": "method"},
    "suggest": {"q": "czf"},
    "passages": {"kind": "method", "key": "00000000-0000-0000-0000-000000000000", "q": "木塞"},
}


@dataclass(frozen=True, slots=True)
class Field:
    """A parameter or a field of an answer."""

    name: str
    type: str
    words: str
    required: bool = False
    default: str = ""
    limits: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """One address that can be asked."""

    name: str
    address: str
    title: str
    words: str
    parameters: list[Field]
    fields: list[Field]
    example: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A thing that answers consist of."""

    name: str
    fields: list[Field]


def api_page(api: NinjaAPI) -> Callable[[HttpRequest], HttpResponse]:
    """The view for an API."""

    @require_safe
    def page(request: HttpRequest) -> HttpResponse:
        schema = api.get_openapi_schema()
        shapes = schema["components"]["schemas"]
        operations = [
            _operation(path, ways["get"], shapes, request.build_absolute_uri("/")[:-1])
            for path, ways in schema["paths"].items()
        ]
        answers = {_answer(ways["get"]) for ways in schema["paths"].values()}
        parts = [Shape(name, _fields(shape)) for name, shape in shapes.items() if name not in answers]
        context = {"operations": operations, "shapes": parts, "limit": rules.LIMITS["token"], "days": rules.LIFE}
        return render(request, "api/docs.html", context)

    return page


def _operation(path: str, told: Json, shapes: Json, site: str) -> Operation:
    name = path.rpartition("/")[2]
    asked = " ".join(f'--data-urlencode "{key}={value}"' for key, value in EXAMPLES.get(name, {}).items())
    return Operation(
        name=name,
        address=path,
        title=_(told["summary"]),
        words=_(told["description"]),
        parameters=[_parameter(parameter) for parameter in told["parameters"]],
        fields=_fields(shapes[_answer(told)]),
        example=f'curl -G {site}{path} -H "Authorization: Bearer {rules.HEAD}…" {asked}',
    )


def _answer(told: Json) -> str:
    """The name of what an operation answers when all is well."""
    return told["responses"][200]["content"]["application/json"]["schema"]["$ref"].rpartition("/")[2]


def _parameter(told: Json) -> Field:
    shape = told["schema"]
    bounds = next((one for one in shape.get("anyOf", []) if one.get("type") != "null"), shape)
    low, high, longest = (bounds.get(key) for key in ("minimum", "maximum", "maxLength"))
    limits = f"{low}–{high}" if low is not None and high is not None else ""
    return Field(
        name=told["name"],
        type=_type(shape),
        words=_(told["description"]) if told.get("description") else "",
        required=told.get("required", False),
        default="" if shape.get("default") in (None, "") else str(shape["default"]).lower(),
        limits=limits or (f"≤ {longest}" if longest else ""),
    )


def _fields(shape: Json) -> list[Field]:
    return [
        Field(name=name, type=_type(told), words=_(told["description"]) if told.get("description") else "")
        for name, told in shape.get("properties", {}).items()
    ]


def _type(told: Json) -> str:
    """A short name of a JSON type: `string`, `[Hit]`, `{string: [Facet]}`, `date | null`."""
    if "$ref" in told:
        return told["$ref"].rpartition("/")[2]
    if "anyOf" in told:
        return " | ".join(_type(one) for one in told["anyOf"])
    if told.get("type") == "array":
        inner = told.get("items") or {}
        if "prefixItems" in told:
            return "[" + ", ".join(_type(one) for one in told["prefixItems"]) + "]"
        return f"[{_type(inner)}]"
    if told.get("type") == "object" and told.get("additionalProperties"):
        return f"{{string: {_type(told['additionalProperties'])}}}"
    return told.get("format") or told.get("type", "any")
