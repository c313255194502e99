"""The addresses of how participation fares."""

from django.urls import path

from gongzhi.web.pages.participation.health import asked, page

ROOM = "participation/health/"

urlpatterns = [
    path(ROOM, page.participation_health, name="participation-health"),
    path(f"{ROOM}asked/", asked.participation_asked, name="participation-asked"),
]
