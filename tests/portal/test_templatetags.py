"""Tags that make what is constant once."""

from __future__ import annotations

from django.template import Context, Template
from django.test import override_settings
from django.utils.translation import override


def drawn(text: str, **context: object) -> str:
    return Template(text).render(Context(context))


def test_a_constant_sentence_follows_the_language():
    template = Template("{% load i18n %}{% translate '搜索' %}")
    texts = {}
    for language in ("zh-hans", "en", "zh-hans"):
        with override(language):
            texts.setdefault(language, set()).add(template.render(Context()))
    assert texts["zh-hans"] == {"搜索"}
    assert texts["en"] != texts["zh-hans"]
    assert {len(found) for found in texts.values()} == {1}


def test_a_sentence_with_a_context_or_a_name_is_kept_too():
    text = "{% load i18n %}{% translate '课程' context 'many' as name %}[{{ name }}]{% trans '50%' %}"
    assert drawn(text) == drawn(text) == "[课程]50%"


def test_a_sentence_that_is_a_variable_is_translated_each_time():
    template = Template("{% load i18n %}{% translate word %}{% translate 'abc'|upper %}")
    assert [template.render(Context({"word": word})) for word in ("甲", "乙")] == ["甲ABC", "乙ABC"]


def test_the_address_of_a_constant_file_follows_the_root_of_all_addresses():
    template = Template("{% load static %}{% static 'css/base.css' as one %}{{ one }} {% static 'css/base.css' %}")
    first = template.render(Context())
    one, other = first.split()
    assert one == other and one.endswith("css/base.css")
    with override_settings(STATIC_URL="/other/"):
        assert template.render(Context()) == "/other/css/base.css /other/css/base.css"


def test_the_address_of_a_variable_file_is_made_each_time():
    template = Template("{% load static %}{% static name %}")
    addresses = [template.render(Context({"name": name})) for name in ("css/base.css", "css/print.css")]
    assert addresses[0] != addresses[1]


def test_an_icon_is_escaped_and_has_its_classes():
    assert 'class="icon icon-l"' in drawn("{% load look %}{% icon 'search' 'icon-l' %}")
    assert "<b>" not in drawn("{% load look %}{% icon name %}", name="<b>")
