"""The addresses of letters and of what has to be put right."""

from django.urls import path

from gongzhi.web.pages.rectifications import letters, lists, rectification

RECTIFICATION = "rectifications/<uuid:rectification>/"

urlpatterns = [
    path("rectifications/", lists.rectifications, name="rectifications"),
    path("feedback/<uuid:feedback>/", letters.feedback, name="feedback"),
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
