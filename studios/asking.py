"""Masters whom a reader may ask where his search finds nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.translation import gettext as _

from people.audience import visible_pages
from people.audience.selectors import AnyUser
from people.models import Posting
from people.script.parts import as_content
from search.suggest.asking import Askable
from studios import selectors
from studios.models import Leader, StudioPage

MOST = 50


def masters_to_ask(user: AnyUser, trades: Collection[int]) -> Iterator[Askable]:
    """Leaders of studios whose page the reader may see, those of the trades first; the page names them anyway."""
    day = selectors.today()
    pages = {page.studio_id: page for page in visible_pages(StudioPage.objects.all(), user)[:MOST]}
    leaders = Leader.objects.filter(selectors.open_on(day), studio__in=list(pages), person__is_active=True)
    rows = list(leaders.select_related("person", "studio").order_by("studio__name", "pk")[:MOST])
    of_trade = Posting.objects.filter(selectors.open_on(day), trade__in=list(trades))
    known = set(of_trade.filter(person__in=[row.person_id for row in rows]).values_list("person_id", flat=True))
    for row in sorted(rows, key=lambda row: row.person_id not in known):
        url = pages[row.studio_id].get_url()
        if url:
            yield Askable(row.person.name, _told(row), url)


def _told(leader: Leader) -> str:
    """His studio and what he knows best, as HTML that says which words are content."""
    told = [as_content(leader.studio.name)]
    if leader.specialty:
        sentence = conditional_escape(_("专长：%(specialty)s")).replace("%(specialty)s", "{}")
        told.append(format_html(sentence, as_content(leader.specialty)))
    return format_html_join(" · ", "{}", ((words,) for words in told))
