"""The address of effects on outcomes."""

from django.urls import path

from gongzhi.web.pages.effects import page

urlpatterns = [path("effects/", page.effects, name="effects")]
