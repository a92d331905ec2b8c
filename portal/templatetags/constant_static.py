"""Django's `static` tag, where the address of a constant name is made once a process."""

from __future__ import annotations

from typing import Any

from django import template
from django.conf import settings
from django.template.base import Node, Parser, Token
from django.templatetags import static

from portal.templatetags.constant_i18n import _is_constant

register = template.Library()
register.tags = dict(static.register.tags)


class ConstantStaticNode(Node):
    """The address of a file with a constant name."""

    child_nodelists = ()

    def __init__(self, node: static.StaticNode) -> None:
        self.varname, node.varname = node.varname, None
        self.file = node
        self.known: tuple[str, str] | None = None

    def render(self, context: Any) -> str:
        """The address; made anew where the root of all addresses changed (tests do that)."""
        if self.known is None or self.known[0] != settings.STATIC_URL:
            self.known = (settings.STATIC_URL, self.file.render(context))
        if self.varname:
            context[self.varname] = self.known[1]
            return ""
        return self.known[1]


@register.tag("static")
def static_tag(parser: Parser, token: Token) -> Node:
    """As Django's tag."""
    node = static.StaticNode.handle_token(parser, token)
    return ConstantStaticNode(node) if _is_constant(node.path) else node
