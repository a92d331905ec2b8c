"""Addresses of `kb`."""

from django.urls import path, re_path

from kb.files import views as files
from kb.files.viewing import views as viewing
from kb.pages import views as pages
from kb.publishing import views as publishing

app_name = "kb"
urlpatterns = [
    path("files/<int:document_id>/<str:filename>", files.serve, name="file"),
    path("files/<int:document_id>/read/", viewing.read, name="read"),
    re_path(
        r"^files/(?P<document_id>\d{1,9})/pages/(?P<number>\d{1,6})-(?P<width>320|1240)\.webp$",
        viewing.picture_of,
        name="page_picture",
    ),
    re_path(r"^(?P<list_name>methods|cases|textbooks|courseware|answers)/$", pages.page_list, name="list"),
    path("releases/<uuid:page_key>/", pages.history, name="history"),
    path("review/", publishing.queue, name="queue"),
    path("review/session/", publishing.session, name="session"),
    path("review/mine/", publishing.mine, name="mine"),
    path("review/notices/<int:notice_id>/", publishing.notice, name="notice"),
    path("review/<int:page_id>/", publishing.review, name="review"),
    path("review/<int:page_id>/preview/", publishing.preview, name="preview"),
    re_path(r"^review/(?P<page_id>\d+)/(?P<action>submit|withdraw|duplicate)/$", publishing.act, name="act"),
]
