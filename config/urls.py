"""Every address of the site, one line a package; page addresses come last."""

from django.conf import settings
from django.conf.urls.static import static
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from people.sign_in.views import sign_out, to_sign_in

urlpatterns = [
    path("admin/login/", to_sign_in),
    path("admin/logout/", sign_out),
    path("_util/login/", to_sign_in),
    path("admin/", include(wagtailadmin_urls)),
    path("files/", include(wagtaildocs_urls)),
    path("account/", include("people.urls_account")),
    path("", include("people.urls")),
    path("search/", include("search.urls")),
    path("", include("studios.urls")),
    path("", include("kb.urls")),
    path("learn/", include("courses.urls")),
    path("", include("portal.urls")),
]
if settings.DEBUG:
    urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)
urlpatterns += [path("", include(wagtail_urls))]
