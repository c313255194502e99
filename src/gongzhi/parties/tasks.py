"""Jobs of the parties' room; twice is like once."""

from uuid import UUID

from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from gongzhi.parties.sending import TRIES_MAX, deliver


class TryAgain(Exception):
    """The provider didn't take a message; the row says why, this says only which."""


@app.task(
    name="gongzhi.parties.tasks.deliver_message",
    retry=RetryStrategy(
        max_attempts=TRIES_MAX, exponential_wait=4, retry_exceptions=frozenset({TryAgain})
    ),
)
def deliver_message(message: str) -> None:
    """Hand a message to its provider, again later if it doesn't take it."""
    if not deliver(UUID(message)):
        raise TryAgain(message)
