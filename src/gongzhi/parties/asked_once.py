"""What a page asks of the database again and again, and only a deed changes: asked once.

    def home_region() -> Region | None:
        return answer(_widest)

Within `asked_once()` the first question goes to the database; whoever acts forgets all answers.
Elsewhere each question is asked.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

Answer = TypeVar("Answer")

_answers: ContextVar[dict[Callable[[], Any], Any] | None] = ContextVar("answers", default=None)


@contextmanager
def asked_once() -> Iterator[None]:
    """Within this, a question is asked of the database once, and after each deed anew."""
    token = _answers.set({})
    try:
        yield
    finally:
        _answers.reset(token)


def answer(question: Callable[[], Answer]) -> Answer:
    """The answer to a question, remembered where questions are asked once."""
    known = _answers.get()
    if known is None:
        return question()
    if question not in known:
        known[question] = question()
    found: Answer = known[question]
    return found


def forget() -> None:
    """Ask anew: somebody is about to act, or has just changed what is asked for."""
    known = _answers.get()
    if known is not None:
        known.clear()
