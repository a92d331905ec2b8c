"""App registration of `search`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("检索")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from wagtail.permissions import register_permission_policy

        from people.actions import register_action_words
        from search import checks, collection_signals, registry, signals
        from search.dictionary import suggesting
        from search.dictionary.access import TermPolicy
        from search.dictionary.models import Term
        from search.insight.admin import PinPolicy
        from search.insight.models import Pin
        from search.labels import trade_names
        from search.suggest.correction import offers

        registry.register_facet_labels("trade", trade_names)
        registry.register_corrector(offers)
        signals.connect()
        collection_signals.connect()
        checks.register_all()
        suggesting.register_all()
        register_permission_policy(Term, TermPolicy(Term))
        register_permission_policy(Pin, PinPolicy(Pin))
        register_action_words(
            {
                "search.pinned": _("推荐了搜索结果"),
                "search.unpinned": _("取消了推荐的搜索结果"),
                "term.added": _("新增了检索词条"),
                "term.changed": _("修改了检索词条"),
                "term.imported": _("导入了检索词条"),
                "term.deleted": _("删除了检索词条"),
            }
        )
