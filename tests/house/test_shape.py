"""How the code is shaped: STYLE.md, as far as a program can tell."""

import ast
import re

from house.tree import SOURCE, functions, modules, texts, tracked

LINES_OF_A_FUNCTION_MAX = 40
LINES_OF_A_FILE_MAX = 400
HOMELESS = re.compile(r"(?:^|_)(?:util|helper|common|base|manager|service|handler|misc)s?$")
REFERENCE = re.compile(r"#\d+|https://")
UNFINISHED = re.compile(r"\b(?:TODO|FIXME|XXX|HACK)\b")


def test_a_function_fits_on_a_screen():
    long = [
        where
        for where, node in functions()
        if node.end_lineno - node.lineno + 1 > LINES_OF_A_FUNCTION_MAX
    ]
    assert long == []


def test_a_file_has_one_subject():
    endings = (".py", ".cedar", ".html", ".css", ".js", ".sql")
    long = [
        f"{name}: {text.count(chr(10))} lines"
        for name, text in texts(*endings, under=SOURCE)
        if text.count("\n") > LINES_OF_A_FILE_MAX and "/vendor/" not in name
    ]
    assert long == []


def test_every_file_has_a_name_that_says_what_is_in_it():
    homeless = [
        str(path)
        for path in tracked()
        if path.is_relative_to(SOURCE) and any(HOMELESS.search(part) for part in (path.stem,))
    ]
    assert homeless == []


def test_what_is_unfinished_names_an_issue():
    loose = [
        f"{name}: {line.strip()}"
        for name, text in texts(".py", ".html", ".js", ".css", ".toml", ".sh", under=SOURCE)
        for line in text.splitlines()
        if UNFINISHED.search(line) and not REFERENCE.search(line) and "/vendor/" not in name
    ]
    assert loose == []


def test_imports_stand_at_the_top():
    inside = [
        where
        for where, node in functions()
        if any(isinstance(part, ast.Import | ast.ImportFrom) for part in ast.walk(node))
    ]
    assert inside == []


def test_arguments_have_names():
    open_ended = [where for where, node in functions() if node.args.kwarg]
    assert open_ended == []


def test_nothing_happens_behind_ones_back():
    """No `save` of our own, no signals: what a write does stands in the action."""
    overridden = [where for where, node in functions() if node.name in ("save", "delete")]
    connected = [
        name
        for name, module in modules()
        for node in ast.walk(module)
        if isinstance(node, ast.ImportFrom) and "signals" in (node.module or "")
    ]
    assert overridden + connected == []


def test_every_public_thing_says_what_it_is():
    silent = [
        f"{name}:{getattr(node, 'lineno', 1)}"
        for name, module in modules()
        for node in (module, *module.body)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and not getattr(node, "name", "").startswith("_")
        and not ast.get_docstring(node)
    ]
    assert silent == []
