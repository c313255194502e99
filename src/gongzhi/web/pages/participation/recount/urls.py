"""The address of recounts."""

from django.urls import path

from gongzhi.web.pages.participation.recount import page

urlpatterns = [path("participation/votes/recount/", page.recount, name="recount")]
