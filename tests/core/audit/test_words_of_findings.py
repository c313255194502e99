"""Whatever the core says about a form, it says in English, too."""

import re
from collections.abc import Iterator
from pathlib import Path

from core.expected_forms import expected_forms
from gongzhi.core.audit import CheckedForm, check_form
from gongzhi.core.terms import Said
from gongzhi.rules.packs import guess_pack, load_packs
from gongzhi.words import translate
from spec.forms_in_tables import form_in
from spec.tables import rows_of

CHINESE = re.compile(r"[\u3400-\u9fff]")
PAGES = Path(__file__).parents[2] / "spec" / "audit"


def inside(said: Said) -> Iterator[str]:
    """The message id of a sentence and of the sentences in it."""
    yield said.text
    for value in said.values.values():
        if isinstance(value, Said):
            yield from inside(value)


def sayings(checked: CheckedForm) -> Iterator[Said]:
    yield from (finding.said for finding in checked.findings)
    yield from (row.said for row in checked.row_scores)
    card = checked.scorecard
    yield from (card.execution.said, card.total.said, card.grade_said)


def untranslated(said: Said) -> set[str]:
    return {text for text in inside(said) if CHINESE.search(text) and translate(text, "en") == text}


def test_everything_said_about_the_tables_of_the_rules_has_its_english():
    pack = load_packs()["mof-2020-10"]
    forms = [form_in(row) for page in PAGES.glob("*.md") for row in rows_of(page)]
    said = [each for form in forms for each in sayings(check_form(form, pack=pack))]
    assert set().union(*map(untranslated, said)) == set()


def test_everything_said_about_real_forms_has_its_english():
    missing = set()
    for expected in expected_forms():
        guess = guess_pack(expected.form)
        for said in (guess.why, *sayings(check_form(expected.form, pack=guess.pack))):
            missing |= untranslated(said)
    assert missing == set()
