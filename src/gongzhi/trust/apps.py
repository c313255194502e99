"""The app of trust."""

from django.apps import AppConfig


class TrustConfig(AppConfig):
    """The log in PostgreSQL: what is left in it, numbered, signed and proved."""

    name = "gongzhi.trust"
    label = "trust"
    verbose_name = "存证"
