"""The addresses of letters and of what has to be put right."""

from django.urls import path

from gongzhi.web.pages.rectifications import letters, lists, papers, rectification, standing

RECTIFICATION = "rectifications/<uuid:rectification>/"

urlpatterns = [
    path("rectifications/", lists.rectifications, name="rectifications"),
    path("rectifications/standing/", standing.standing, name="standing"),
    path("rectifications/standing/table/", standing.standing_table, name="standing-table"),
    path("feedback/<uuid:feedback>/", letters.feedback, name="feedback"),
    path(
        "feedback/<uuid:feedback>/letter/<str:ending>/",
        papers.feedback_letter,
        name="feedback-letter",
    ),
    path(
        "feedback/<uuid:feedback>/notice/<str:ending>/",
        papers.rectification_notice,
        name="rectification-notice",
    ),
    path("feedback/letters/<str:ending>/", papers.feedback_letters, name="feedback-letters"),
    path(
        f"{RECTIFICATION}report/<str:ending>/",
        papers.rectification_report,
        name="rectification-report",
    ),
    path(RECTIFICATION, rectification.rectification, name="rectification"),
    path(
        f"{RECTIFICATION}plan_rectification/",
        rectification.plan_rectification,
        name="plan_rectification",
    ),
    path(
        f"{RECTIFICATION}extend_rectification/",
        rectification.extend_rectification,
        name="extend_rectification",
    ),
    path(
        f"{RECTIFICATION}report_rectification/",
        rectification.report_rectification,
        name="report_rectification",
    ),
    path(
        f"{RECTIFICATION}return_rectification/",
        rectification.return_rectification,
        name="return_rectification",
    ),
    path(
        f"{RECTIFICATION}pass_rectification/",
        rectification.pass_rectification,
        name="pass_rectification",
    ),
]
