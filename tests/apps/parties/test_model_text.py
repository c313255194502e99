"""A newer model text: taken up where nothing was decided, else proposed like anybody's change."""

from datetime import date

import pytest

from gongzhi.core.charter import SYSTEM
from gongzhi.core.charter.amending import Changes
from gongzhi.core.charter.updating import changes_between
from gongzhi.parties.actions.charter import take_up_model_text
from gongzhi.parties.adoption import newest_version
from gongzhi.parties.charter_lookup import charter_in_force, whole_text
from gongzhi.parties.charter_texts import OWN_FILE, as_json, digest_of, from_json
from gongzhi.parties.model_text import (
    changes_to_model_text,
    model_text_is_due,
    shipped_text_differs,
)
from gongzhi.parties.models import CharterVersion
from gongzhi.parties.proposals import proposal
from gongzhi.rules.charter import load_charter, read_texts

pytestmark = [pytest.mark.django_db, pytest.mark.unadopted]


def older_text() -> dict:
    """The model text of an earlier program: a clause, a right and a wording less."""
    texts = as_json(read_texts())
    for part in texts["parts"]:
        kept = [entry for entry in part["clause"] if entry["number"] not in {"4.7", "12.3"}]
        part["clause"] = [
            {**entry, "title": {"zh": "旧题", "en": "old"}} if entry["number"] == "4.6" else entry
            for entry in kept
        ]
    unit = texts["policies"]["unit.cedar"]
    start = unit.index('@id("unit-accepts")')
    texts["policies"]["unit.cedar"] = unit[:start] + unit[unit.index(";", start) + 1 :]
    return texts


def keep(texts: dict) -> CharterVersion:
    return CharterVersion.objects.create(
        number=1, texts=texts, digest=digest_of(texts), in_force_from=date(2026, 1, 1)
    )


def test_words_are_kept_and_read_again_as_they_were():
    texts = read_texts()

    again = from_json(as_json(texts))

    assert again.parts == texts.parts
    assert again.institutions == texts.institutions
    assert {**again.policies, OWN_FILE: ""} == {**texts.policies, OWN_FILE: ""}


def test_the_log_cites_the_digest_that_taking_up_the_text_has_sealed():
    version = take_up_model_text(by=SYSTEM)

    assert charter_in_force().version.endswith(version.digest.replace(":", "."))


def test_what_the_platform_does_by_itself_comes_with_the_program():
    charter = whole_text(keep(older_text()).digest)

    by_itself = {verb for p in charter.policies if p.party == "system" for verb in p.verbs}
    shipped = {verb for p in load_charter().policies if p.party == "system" for verb in p.verbs}

    assert shipped - by_itself == {"move_business_date"}  # whose clause the older text lacks
    assert OWN_FILE not in older_text()["policies"]


def test_a_newer_model_text_is_taken_up_while_nothing_was_decided():
    keep(older_text())
    assert model_text_is_due()
    assert shipped_text_differs()

    take_up_model_text(by=SYSTEM)

    assert not model_text_is_due()
    assert not shipped_text_differs()
    assert [v.number for v in CharterVersion.objects.all()] == [2, 1]


def test_the_way_to_the_shipped_text_can_be_proposed_as_it_is():
    base = keep(older_text())

    changes = changes_to_model_text(base)
    made = proposal(base, changes)

    assert set(changes.clauses) == {"4.6", "4.7", "12.3"}
    assert set(changes.policies) == {"unit-accepts"}
    assert changes_between(from_json(made.texts), read_texts()) == Changes()
    assert {each.verb for each in made.rights} == {"accept_finding"}


def test_nothing_is_to_be_proposed_where_the_texts_are_the_same():
    take_up_model_text(by=SYSTEM)
    base = newest_version()
    assert base is not None

    changes = changes_to_model_text(base)

    assert changes == Changes()
