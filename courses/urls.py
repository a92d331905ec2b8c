"""Addresses of `courses`, below /learn/."""

from django.urls import path

from courses.views import course, events, learning, lesson, reports

app_name = "courses"
urlpatterns = [
    path("", learning.learning, name="learning"),
    path("events/", events.events, name="events"),
    path("courses/<uuid:course_key>/", course.course, name="course"),
    path("courses/<uuid:course_key>/enrol/", course.course_enrol, name="enrol"),
    path("courses/<uuid:course_key>/withdraw/", course.course_withdraw, name="withdraw"),
    path("courses/<uuid:course_key>/move/", course.course_move, name="move"),
    path("courses/<uuid:course_key>/why/", course.course_why, name="why"),
    path("courses/<uuid:course_key>/done/", course.course_done, name="done"),
    path("courses/<uuid:course_key>/lessons/<uuid:lesson_key>/", lesson.lesson, name="lesson"),
    path("courses/<uuid:course_key>/lessons/<uuid:lesson_key>/confirm/", lesson.lesson_confirm, name="confirm"),
    path("courses/<uuid:course_key>/lessons/<uuid:lesson_key>/answer/", lesson.quiz_answer, name="answer"),
    path(
        "courses/<uuid:course_key>/lessons/<uuid:lesson_key>/results/<uuid:event_key>/",
        lesson.quiz_result,
        name="result",
    ),
    path("reports/", reports.report, name="report"),
    path("reports/export.xlsx", reports.report_export, name="report_export"),
    path("reports/enrolments/<int:pk>/", reports.report_person, name="report_person"),
    path("reports/enrolments/<int:pk>/lessons/<uuid:lesson_key>/allow/", reports.report_allow, name="report_allow"),
]
