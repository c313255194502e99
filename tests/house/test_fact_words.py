"""Every fact that a deed writes into the log has words for its readers, in both languages."""

import ast
from collections.abc import Iterator

from gongzhi.web.fact_words import BY_VERB, CHOICES, FACTS, As
from gongzhi.words import LANGUAGES, say
from house.tree import modules

ROOMS = tuple(f"src/gongzhi/{room}/" for room in ("trust", "parties", "desk", "cycle", "forum"))
ACTS = {"act", "act_unseen"}
RECORDS = {"Record", "UnseenRecord"}


def written() -> set[tuple[str, str]]:
    """Where and what: the keys of facts and of promises, of deeds and of rows."""
    return {
        (f"{name}:{node.lineno}", key)
        for name, module in modules()
        if name.startswith(ROOMS)
        for node, key in _keys(module)
    }


def _keys(module: ast.Module) -> Iterator[tuple[ast.expr, str]]:
    constants = {
        target.id: node.value.value
        for node in module.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for key in (*_of_records(module), *_of_rows(module)):
        match key:
            case ast.Constant(value=str(text)):
                yield key, text
            case ast.Name(id=name) if name in constants:
                yield key, constants[name]
            case _:
                yield key, f"not a constant: {ast.unparse(key)}"


def _of_records(module: ast.Module) -> Iterator[ast.expr]:
    """What is stated or promised by a deed: record["…"] = …, record.private("…", …)."""
    records = _records(module)
    for node in ast.walk(module):
        match node:
            case ast.Assign(targets=[ast.Subscript(value=ast.Name(id=name), slice=key)]):
                if name in records:
                    yield key
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="private"), args=args):
                if name in records:
                    yield args[0]


def _records(module: ast.Module) -> set[str]:
    """What records of deeds are called in a module."""
    named = set()
    for node in ast.walk(module):
        match node:
            case ast.withitem(
                context_expr=ast.Call(func=ast.Name(id=called)), optional_vars=ast.Name(id=name)
            ) if called in ACTS:
                named.add(name)
            case ast.arg(arg=name, annotation=ast.Name(id=kind)) if kind in RECORDS:
                named.add(name)
    return named


def _of_rows(module: ast.Module) -> Iterator[ast.expr]:
    """What is stated or promised by a row that enters with others: Row({…}, {…}, …)."""
    for node in ast.walk(module):
        match node:
            case ast.Call(func=ast.Name(id="Row"), args=args):
                for each in args:
                    if isinstance(each, ast.Dict):
                        yield from filter(None, each.keys)


def test_every_fact_has_words():
    """A key without: add a line to web/fact_words.py, and its English to words/en."""
    missing = sorted(f"{where}: {key}" for where, key in written() if key not in FACTS)
    assert missing == []


def test_words_differ_between_the_languages():
    said = [fact.name for fact in (*FACTS.values(), *BY_VERB.values())]
    zh, en = LANGUAGES
    alike = [each for each in (*said, *CHOICES.values()) if say(each, zh) == say(each, en)]
    assert alike == []


def test_a_thing_is_of_a_kind():
    facts = (*FACTS.values(), *BY_VERB.values())
    assert [fact for fact in facts if (fact.read is As.THING) != bool(fact.kind)] == []
