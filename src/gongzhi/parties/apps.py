"""The app of parties."""

from django.apps import AppConfig


class PartiesConfig(AppConfig):
    """Organisations, people, offices, and the deeds they do."""

    name = "gongzhi.parties"
