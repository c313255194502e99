"""The addresses of moderation."""

from django.urls import path

from gongzhi.web.pages.participation import moderation

ROOM = "participation/moderation/"
HIDING = f"{ROOM}<uuid:hiding>/"

urlpatterns = [
    path(ROOM, moderation.moderation, name="moderation"),
    path(f"{ROOM}post/", moderation.post, name="post"),
    path(f"{ROOM}hide_post/", moderation.hide_post, name="hide_post"),
    path(f"{ROOM}report_post/", moderation.report_post, name="report_post"),
    path(f"{ROOM}reports/<uuid:report>/keep_post/", moderation.keep_post, name="keep_post"),
    path(HIDING, moderation.hiding, name="hiding"),
    path(f"{HIDING}appeal_hiding/", moderation.appeal_hiding, name="appeal_hiding"),
    path(f"{HIDING}decide_appeal/", moderation.decide_appeal, name="decide_appeal"),
]
