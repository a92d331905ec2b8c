"""Addresses of `people`."""

from django.urls import path

from people.directory.views import people, units
from people.imports import views as imports
from people.profile import views as profile
from people.sign_in import views as door
from people.tokens import views as tokens

app_name = "people"
urlpatterns = [
    path("account/signed-out/", door.signed_out, name="signed_out"),
    path("account/code/", door.code_enter, name="code_enter"),
    path("account/code/password/", door.code_password, name="code_password"),
    path("me/profile/", profile.profile, name="profile"),
    path("me/profile/tokens/", tokens.token_make, name="token_make"),
    path("me/profile/tokens/<int:pk>/revoke/", tokens.token_revoke, name="token_revoke"),
    path("people/", people.people_list, name="list"),
    path("people/export/", people.people_export, name="export"),
    path("people/new/", people.person_new, name="person_new"),
    path("people/<int:pk>/", people.person_page, name="person"),
    path("people/<int:pk>/edit/", people.person_edit, name="person_edit"),
    path("people/<int:pk>/transfer/", people.person_transfer, name="person_transfer"),
    path("people/<int:pk>/leave/", people.person_leave, name="person_leave"),
    path("people/<int:pk>/deactivate/", people.person_switch, {"state": "off"}, name="person_deactivate"),
    path("people/<int:pk>/reactivate/", people.person_switch, {"state": "on"}, name="person_reactivate"),
    path("people/<int:pk>/open/", people.person_open, name="person_open"),
    path("people/<int:pk>/grants/new/", people.grant_new, name="grant_new"),
    path("people/grants/<int:pk>/end/", people.grant_end, name="grant_end"),
    path("people/codes/", people.codes_print, name="codes_print"),
    path("people/units/", units.unit_tree, name="units"),
    path("people/units/new/", units.unit_new, name="unit_new"),
    path("people/units/<int:pk>/", units.unit_edit, name="unit_edit"),
    path("people/units/<int:pk>/move/", units.unit_move, name="unit_move"),
    path("people/units/<int:pk>/close/", units.unit_switch, {"state": "off"}, name="unit_close"),
    path("people/units/<int:pk>/reopen/", units.unit_switch, {"state": "on"}, name="unit_reopen"),
    path("people/trades/", units.trades, name="trades"),
    path("people/trades/new/", units.trade_edit, name="trade_new"),
    path("people/trades/<int:pk>/", units.trade_edit, name="trade_edit"),
    path("people/posts/new/", units.post_edit, name="post_new"),
    path("people/posts/<int:pk>/", units.post_edit, name="post_edit"),
    path("people/import/", imports.import_upload, name="import"),
    path("people/import/template/", imports.import_template, name="import_template"),
    path("people/import/<int:pk>/", imports.import_draft, name="import_draft"),
]
