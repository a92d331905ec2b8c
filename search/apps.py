"""App registration of `search`."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("检索")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from search import checks, collection_signals, registry, signals
        from search.labels import trade_names

        registry.register_facet_labels("trade", trade_names)
        signals.connect()
        collection_signals.connect()
        checks.register_all()
