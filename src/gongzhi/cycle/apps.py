"""The app of the cycle."""

from django.apps import AppConfig


class CycleConfig(AppConfig):
    """Projects, their forms, findings and answers."""

    name = "gongzhi.cycle"
