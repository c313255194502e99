"""People who have just shown their second factor: what tests of other things start from."""

import time

from django.contrib.auth.base_user import AbstractBaseUser
from django.test import Client

from gongzhi.core.charter import Member
from gongzhi.parties.members import member_in
from gongzhi.parties.models import Office
from gongzhi.parties.sign_in import SHOWN


def verified(office: Office) -> Member:
    """Somebody acting in an office who has just shown the second factor."""
    return member_in(office, second_factor=True, fresh=True)


class VerifiedClient(Client):
    """A browser that signs people in as if they had just shown their second factor."""

    def force_login(
        self,
        user: AbstractBaseUser,
        backend: str | None = None,
        *,
        factor: str | None = "time_code",
        minutes_ago: float = 0,
    ) -> None:
        super().force_login(user, backend)
        now = time.time()
        shown = {"began": now, "seen": now, "last": now - minutes_ago * 60, "factor": factor}
        session = self.session
        session[SHOWN] = shown
        session.save()

    def show_factor_again(self) -> None:
        """Show the second factor now, in the session that there is."""
        session = self.session
        if SHOWN in session:
            now = time.time()
            session[SHOWN] = {**session[SHOWN], "seen": now, "last": now}
            session.save()


def signed_in(office: Office) -> VerifiedClient:
    """A browser of whoever holds the office."""
    client = VerifiedClient()
    client.force_login(office.person)
    return client
