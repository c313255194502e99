"""The app of the forum."""

from django.apps import AppConfig


class ForumConfig(AppConfig):
    """Voices of all parties, each attached to a thing, each with a clock for its answer."""

    name = "gongzhi.forum"
