"""Every address of the site, one line a package; page addresses come last."""

from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.admin.auth import require_admin_access
from wagtail.documents import urls as wagtaildocs_urls

from config import health
from config.api import api
from people.sign_in.views import sign_out, to_sign_in
from people.wagtail_admin import doors
from people.wagtail_admin.account import AccountView
from people.wagtail_admin.users import to_people

urlpatterns = [
    path("healthz", health.health, name="healthz"),
    path("healthz/live", health.alive, name="healthz-live"),
    path("admin/login/", to_sign_in),
    path("admin/logout/", sign_out),
    path("admin/account/", require_admin_access(AccountView.as_view())),
    path("_util/login/", to_sign_in),
    path("admin/bulk/people/user/<str:action>/", to_people),
    path("admin/", include(doors)),
    path("admin/", include(wagtailadmin_urls)),
    path("account/", include("people.urls_account")),
    path("", include("people.urls")),
    path("api/v1/", api.urls),
    path("search/", include("search.urls")),
    path("", include("studios.urls")),
    path("", include("kb.urls")),
    path("files/", include(wagtaildocs_urls)),
    path("learn/", include("courses.urls")),
    path("", include("portal.urls")),
    path("", include(wagtail_urls)),
]
