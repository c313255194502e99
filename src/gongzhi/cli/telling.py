"""Words to the person at the terminal, in the language of the terminal."""

import os
import sys

from gongzhi.core.terms import Said
from gongzhi.words import say, translate


class CannotRun(Exception):
    """Nothing usable was given or found; one line says what, where and what to do."""

    def __init__(self, said: Said) -> None:
        self.said = said
        super().__init__(say(said, "en"))


def terminal_language() -> str:
    """Chinese, unless the environment asks for English."""
    for name in ("GONGZHI_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return "en" if value.lower().startswith("en") else "zh"
    return "zh"


def worded(text: str) -> str:
    """A text of the command line in the language of the terminal."""
    return translate(text, terminal_language())


def tell(said: Said) -> None:
    """Print a sentence, at once even where output is piped."""
    print(say(said, terminal_language()), flush=True)


def complain(said: Said) -> None:
    """Print a sentence on standard error."""
    print(say(said, terminal_language()), file=sys.stderr, flush=True)
