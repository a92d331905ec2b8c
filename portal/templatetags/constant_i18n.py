"""Django's `i18n` tags, where a constant sentence is translated once a language and process.

A page has some fifty of them, and a lookup goes through every app's catalogue in turn.
"""

from __future__ import annotations

from typing import Any

from django import template
from django.template.base import FilterExpression, Node, Parser, Token, Variable
from django.templatetags import i18n
from django.utils.translation import get_language

register = template.Library()
register.tags = dict(i18n.register.tags)
register.filters = dict(i18n.register.filters)


class ConstantTranslateNode(Node):
    """A sentence without variables. `asvar`: the name it is kept under, where it is not shown at once."""

    child_nodelists = ()

    def __init__(self, node: i18n.TranslateNode) -> None:
        self.asvar, node.asvar = node.asvar, None
        self.sentence = node
        self.known: dict[str | None, str] = {}

    def render(self, context: Any) -> str:
        """The sentence in the language in force."""
        language = get_language()
        text = self.known.get(language)
        if text is None:
            text = self.known[language] = self.sentence.render(context)
        if self.asvar:
            context[self.asvar] = text
            return ""
        return text


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> Node:
    """As Django's tag."""
    node = i18n.do_translate(parser, token)
    context = node.message_context
    is_plain = _is_constant(node.filter_expression) and not node.noop
    return ConstantTranslateNode(node) if is_plain and (context is None or _is_constant(context)) else node


def _is_constant(expression: FilterExpression) -> bool:
    is_literal = isinstance(expression.var, Variable) and expression.var.literal is not None
    return not expression.filters and (is_literal or isinstance(expression.var, str))
