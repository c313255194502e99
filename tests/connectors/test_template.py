"""Our own layout: what is written reads back equal."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from connectors.files import opened
from gongzhi.connectors.importing import Importing
from gongzhi.connectors.kinds import KINDS
from gongzhi.connectors.sources import recognised
from gongzhi.connectors.template import facts_as_csv, template_header
from gongzhi.core.facts import ABOUT, content_of
from gongzhi.rules.columns import load_fact_rules

WORDS = st.builds("{}{}".format, st.sampled_from("云a=+@"), st.text("河b12=+@★Ω", max_size=6))
CODES = st.builds("{}{}".format, st.sampled_from("ABC"), st.text("ABC123-", max_size=6))
DAYS = st.dates(date(1990, 1, 1), date(2090, 1, 1))
MONEY = st.decimals(-(10**12), 10**12, places=2)
HELD = {
    "text": WORDS,
    "code": CODES,
    "class": st.from_regex(r"[2-5][0-9]{2,6}", fullmatch=True),
    "money": MONEY,
    "number": st.integers(-(10**9), 10**9).map(Decimal),
    "day": DAYS,
    "start": DAYS,
    "end": DAYS,
    "year": st.integers(1990, 2090),
    "month": st.integers(1, 12),
    "truth": st.booleans(),
}


def facts_of(kind: str) -> st.SearchStrategy:
    fields = load_fact_rules()[kind].fields
    names = KINDS[kind]._fields[:-ABOUT]
    return st.tuples(*(HELD[fields[name].holds] for name in names)).map(
        lambda values: KINDS[kind](*values)
    )


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("kind", KINDS)
@settings(max_examples=8)
@given(data=st.data())
def test_what_is_written_reads_back_equal(kind, language, data):
    facts = data.draw(st.lists(facts_of(kind), min_size=1, max_size=4))
    content = "".join(facts_as_csv(kind, facts, language=language)).encode()
    listing = opened(content)
    [mapping] = recognised(listing)
    assert mapping.name == f"template-{kind}"
    importing = Importing(listing, [mapping])
    back = {content_of(fact) for batch in importing for fact in batch.facts}
    assert back <= {content_of(fact) for fact in facts}
    assert importing.result().duplicates + importing.result().conflicts + len(back) == len(facts)


def test_s44_a_text_that_looks_like_a_formula_is_written_as_text():
    [_, line] = facts_as_csv("project", [KINDS["project"]("P1", "=cmd|' /C calc'!A0")])
    assert "'=cmd" in line


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_has_one_name_in_each_language(kind):
    for language in ("zh", "en"):
        header = template_header(kind, language=language)
        assert len(set(header)) == len(header)
