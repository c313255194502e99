"""Words to the person at the terminal, in the language of the terminal."""

import io
import json
import os
import sys
from collections.abc import Mapping

from gongzhi.core.terms import Said
from gongzhi.words import LANGUAGES, say, translate


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


def spoken(wanted: str | None) -> str:
    """The language asked for, from here on for complaints too."""
    if wanted is None:
        return terminal_language()
    if wanted not in LANGUAGES:
        raise CannotRun(Said("没有语言 {name}；有：zh、en", {"name": wanted}))
    os.environ["GONGZHI_LANG"] = wanted
    return wanted


def worded(text: str) -> str:
    """A text of the command line in the language of the terminal."""
    return translate(text, terminal_language())


def tell(said: Said) -> None:
    """Print a sentence, at once even where output is piped."""
    print(say(said, terminal_language()), flush=True)


def show_anyway() -> None:
    """Let a character that the terminal's encoding lacks be printed as a question mark."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def print_object(result: Mapping[str, object]) -> None:
    """Print a result as one JSON object, in UTF-8 whatever the terminal's own encoding."""
    text = json.dumps(result, ensure_ascii=False, indent=1)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")
    print(text)


def complain(said: Said) -> None:
    """Print a sentence on standard error."""
    print(say(said, terminal_language()), file=sys.stderr, flush=True)
