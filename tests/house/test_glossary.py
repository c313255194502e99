"""One noun, one home, two languages: docs/glossary.md (STYLE.md, words)."""

import ast
import re

from django.apps import apps

from house.tree import REPOSITORY, SOURCE

ROW = re.compile(r"^\|([^|]*)\|([^|]*)\|([^|]*)\|([^|]*)\|\s*$", re.MULTILINE)


def rows() -> list[tuple[str, str, str, str]]:
    """Chinese, English, name in code, meaning."""
    text = (REPOSITORY / "docs" / "glossary.md").read_text(encoding="utf-8")
    found = [tuple(cell.strip() for cell in row) for row in ROW.findall(text)]
    return [row for row in found if not set(row[0]) <= set("-: ")][1:]


def names() -> list[str]:
    return re.findall(r"`([\w.]+)`", " ".join(row[2] for row in rows()))


def nouns() -> set[str]:
    """The nouns of the core and the models of the apps."""
    terms = ast.parse((SOURCE / "core" / "terms.py").read_text(encoding="utf-8"))
    values = {node.name for node in terms.body if isinstance(node, ast.ClassDef)}
    own = (app for app in apps.get_app_configs() if app.name.startswith("gongzhi."))
    return values | {model.__name__ for app in own for model in app.get_models()}


def test_every_noun_stands_in_the_glossary():
    assert sorted(nouns() - {name.rsplit(".")[-1] for name in names()}) == []


def test_every_entry_is_whole():
    assert [row for row in rows() if not all(row)] == []


def test_no_noun_stands_twice():
    chinese = [row[0] for row in rows()]
    assert sorted({word for word in chinese if chinese.count(word) > 1}) == []


def test_every_name_in_the_glossary_exists():
    defined = {
        node.name
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef | ast.FunctionDef)
    }
    gone = [name for name in names() if name[:1].isupper() and name.split(".")[0] not in defined]
    assert gone == []
