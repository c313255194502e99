"""Chinese first, English complete: every sentence has both, and the compiled words are fresh."""

import ast
import io
import re
import tokenize
from functools import cache
from string import Formatter

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize

from gongzhi.words.compiling import compiled
from house.tree import SOURCE, modules, texts

CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
# so is a sentence that has nothing but places and marks
WRITTEN = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
SAYING = {
    "Said",
    "_",
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
    "translate",
    "worded",
}
# Rooms that only talk to people; elsewhere Chinese is also what papers and rules are made of.
TALKING = ("cli", "web", "forum", "cycle", "desk", "parties", "trust")
# Chinese counts in 万 and 亿, English in thousands and millions: each has a value of its own.
SCALED = {"{hundred_millions} 亿{unit}", "{ten_thousands} 万{unit}"}
PERCENT = re.compile(r"%\((\w+)\)[sd]")
COMMENT = re.compile(r"{#.*?#}|{% comment.*?endcomment %}|<!--.*?-->", re.DOTALL)
SCRIPT_COMMENT = re.compile(r"/\*.*?\*/|//[^\n]*", re.DOTALL)
TAG = re.compile(
    r"{% blocktrans(?:late)?\b.*?{% endblocktrans(?:late)? %}|{%.*?%}|{{.*?}}", re.DOTALL
)


@cache
def english() -> dict[str, Message]:
    """Every message id with its message, of all rooms."""
    messages = {}
    for path in sorted((SOURCE / "words" / "en").glob("*.po")):
        with path.open("rb") as file:
            for message in read_po(file):
                for text in ids(message):
                    messages[text] = message
    return messages


def ids(message: Message) -> tuple[str, ...]:
    given = message.id if isinstance(message.id, tuple) else (message.id,)
    return tuple(text for text in given if text)


def strings(message: Message) -> tuple[str, ...]:
    return message.string if isinstance(message.string, tuple) else (message.string,)


def called(node: ast.Call) -> str:
    function = node.func
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def said_in_code() -> set[tuple[str, str]]:
    """Where and what: texts handed to a function that puts them into words."""
    return {
        (f"{name}:{node.lineno}", argument.value)
        for name, module in modules()
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and called(node) in SAYING
        for argument in node.args[:2]
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
        if WRITTEN.search(argument.value)
    }


def said_in_templates() -> set[tuple[str, str]]:
    """Where and what: texts that templates put into words, as Django's own tool finds them."""
    found = set()
    for name, text in texts(".html", ".txt", under=SOURCE):
        tokens = list(tokenize.generate_tokens(io.StringIO(templatize(text)).readline))
        for function, bracket, first in zip(tokens, tokens[1:], tokens[2:], strict=False):
            is_call = function.string in SAYING and bracket.string == "("
            if is_call and first.type == tokenize.STRING:
                found.add((name, ast.literal_eval(first.string)))
    return found


def test_every_sentence_has_its_english():
    missing = sorted(
        f"{where}: {text}"
        for where, text in said_in_code() | said_in_templates()
        if WRITTEN.search(text) and text not in english()
    )
    assert missing == []


def test_rooms_that_talk_to_people_say_everything_in_both_languages():
    loose = []
    for name, module in modules():
        if name.removeprefix("src/gongzhi/").split("/")[0] not in TALKING:
            continue
        documented = {id(text) for text in documentation(module)}
        loose += [
            f"{name}:{node.lineno}: {node.value}"
            for node in ast.walk(module)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
            if CHINESE.search(node.value) and id(node) not in documented
            if node.value not in english()
        ]
    assert loose == []


def documentation(module: ast.Module) -> list[ast.Constant]:
    """The docstrings of a module."""
    return [
        node.body[0].value
        for node in ast.walk(module)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        if node.body
        and isinstance(node.body[0], ast.Expr)
        and isinstance(node.body[0].value, ast.Constant)
    ]


def test_templates_hold_no_chinese_of_their_own():
    loose = [
        f"{name}: {word}"
        for name, text in texts(".html", under=SOURCE / "web")
        if "/offline/" not in name  # a file of its own, which speaks both languages at once
        for word in TAG.sub("", COMMENT.sub("", text)).split()
        if CHINESE.search(word)
    ]
    assert loose == []


def test_scripts_hold_no_chinese_of_their_own():
    loose = [
        name
        for name, text in texts(".js", under=SOURCE / "web")
        if "/vendor/" not in name and CHINESE.search(SCRIPT_COMMENT.sub("", text))
    ]
    assert loose == []


def test_every_message_is_translated():
    empty = [text for text, message in english().items() if not all(strings(message))]
    assert empty == []


def test_both_languages_fill_in_the_same_values():
    differing = [
        text
        for text, message in english().items()
        if text not in SCALED
        if any(values(text) != values(other) for other in strings(message))
    ]
    assert differing == []


def values(text: str) -> set[str]:
    """The names of the values that a sentence shows."""
    named = set(PERCENT.findall(text))
    try:
        return named | {name for _, name, _, _ in Formatter().parse(text) if name}
    except ValueError:  # a brace that is no field
        return named


def test_the_compiled_words_are_fresh():
    stored = (SOURCE / "words" / "locale" / "en" / "LC_MESSAGES" / "django.mo").read_bytes()
    if stored != compiled("en"):
        pytest.fail("run ./run words")
