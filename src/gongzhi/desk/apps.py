"""The app of the desk."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """What waits for whom, and links that expire."""

    name = "gongzhi.desk"
