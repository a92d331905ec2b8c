"""Addresses of `studios`: the union's list and the keeping of records. Public pages are Wagtail's."""

from django.urls import path

from studios.pictures import views as pictures
from studios.views import belongings, team, union

app_name = "studios"
urlpatterns = [
    path("media/<path:path>", pictures.picture, name="picture"),
    path("union/studios/", union.studio_list, name="list"),
    path("union/studios/export.xlsx", union.studio_export, name="export"),
    path("union/studios/new/", union.studio_new, name="new"),
    path("union/studios/<int:pk>/", union.studio_record, name="record"),
    path("union/studios/<int:pk>/team/", team.team, name="team"),
    path("union/studios/<int:pk>/members/add/", team.member_add, name="member_add"),
    path("union/studios/<int:pk>/leader/", team.leader_change, name="leader_change"),
    path("union/studios/<int:pk>/honours/add/", belongings.honour_add, name="honour_add"),
    path("union/studios/<int:pk>/equipment/add/", belongings.equipment_add, name="equipment_add"),
    path("union/members/<int:pk>/", team.member_edit, name="member_edit"),
    path("union/members/<int:pk>/remove/", team.member_remove, name="member_remove"),
    path("union/members/<int:pk>/deputy/", team.deputy, name="deputy"),
    path("union/leaders/<int:pk>/", team.leader_edit, name="leader_edit"),
    path("union/honours/<int:pk>/remove/", belongings.honour_remove, name="honour_remove"),
    path("union/equipment/<int:pk>/remove/", belongings.equipment_remove, name="equipment_remove"),
]
