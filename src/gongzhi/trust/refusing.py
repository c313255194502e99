"""When the log would rather stand still than contradict what it has said."""

from gongzhi.core.terms import Said
from gongzhi.words import say


class LogRefused(Exception):
    """The log doesn't go on: what is wrong and what to do about it."""

    def __init__(self, said: Said) -> None:
        super().__init__(say(said, "en"))
        self.said = said
