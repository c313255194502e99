"""Sessions that know whose they are, so that a person can see and end them (SESSION_ENGINE).

The framework's table, not deeds. A session ends when nobody used it for a while, and after some
hours in any case (rules/sign_in/limits.toml); its row goes with it.
"""

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as Store
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models


class Session(AbstractBaseSession):
    """A browser that is signed in, or about to be."""

    person = models.UUIDField(null=True, db_index=True)

    @classmethod
    def get_session_store_class(cls) -> type["SessionStore"]:
        """The store that reads these rows."""
        return SessionStore


class SessionStore(Store):
    """Django's sessions in the database, with the person beside them."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Where the rows are."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """A row, with the person who signed in."""
        row = super().create_model_instance(data)
        assert isinstance(row, Session), "get_model_class says so"
        row.person = data.get(SESSION_KEY)
        return row


def end_sessions(person: models.Model, *, but: str | None = None) -> int:
    """End the sessions of a person, all but one if it is named; each is dead at once."""
    ended, _ = Session.objects.filter(person=person.pk).exclude(session_key=but).delete()
    return ended
