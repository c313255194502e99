"""Pages of rows that entered as one deed: what they show, and a proof for whoever asks."""

import pytest
from django.urls import reverse

from apps.parties.test_batches import entered, rows
from gongzhi.core.ledger.policy import read_policy
from gongzhi.core.ledger.row_proof import row_verdict_on
from gongzhi.trust.proofs import head, index_of
from gongzhi.trust.sequencing import sequence

pytestmark = pytest.mark.django_db

COUNT = 300


@pytest.fixture
def index():
    """An entry that brought 300 payments."""
    return sealed(entered(rows(COUNT), kind="form_version"))


def sealed(deed):
    while sequence():
        pass
    return index_of(deed.leaf)


def page(client, name, *numbers, **asked):
    return client.get(reverse(name, args=numbers), asked)


def test_an_entry_says_how_many_rows_it_holds_under_which_root(client, index):
    said = page(client, "ledger-entry", index).content.decode()
    assert f"这一条存证里有 {COUNT} 行" in said
    assert "批根" in said


def test_an_entry_without_rows_has_none_to_show(client):
    index = sealed(entered([]))
    assert "批根" not in page(client, "ledger-entry", index).content.decode()
    assert page(client, "ledger-rows", index).status_code == 404


def test_the_rows_are_listed_page_by_page(client, index):
    said = page(client, "ledger-rows", index, page="13").content.decode()
    assert "第 240 行" in said
    assert "第 259 行" in said
    assert "第 260 行" not in said
    assert "259.00" not in said  # the amount isn't public


def test_a_row_is_found_by_its_number(client, index):
    answer = page(client, "ledger-rows", index, row="259")
    assert answer.url == reverse("ledger-row", args=[index, 259])


@pytest.mark.parametrize("odd", ["", "x", "-1", "٣", "9" * 40])
def test_what_is_no_number_leads_to_the_list(client, index, odd):
    assert page(client, "ledger-rows", index, row=odd).status_code == 200


def test_a_row_states_its_facts_and_names_what_it_only_promises(client, index):
    said = page(client, "ledger-row", index, 259).content.decode()
    assert "<dd" in said
    assert "259" in said
    assert "amount" in said
    assert "259.00" not in said


def test_the_proof_of_a_row_verifies_and_shows_nothing_private(client, index):
    answer = page(client, "row-proof-file", index, 259)
    assert f"gongzhi-{index}-259.row-proof" in answer["Content-Disposition"]
    verdict = row_verdict_on(answer.content, policy=read_policy(head().policy))
    assert verdict.fault is None
    assert verdict.read.shown == ()


@pytest.mark.parametrize("name", ["ledger-row", "row-proof-file"])
@pytest.mark.parametrize("row", [COUNT, 10**30])
def test_there_is_no_row_beyond_the_last(client, index, name, row):
    assert page(client, name, index, row).status_code == 404


def test_an_entry_that_is_not_signed_yet_has_no_rows(client, index):
    entered(rows(3))
    assert page(client, "ledger-rows", index + 1).status_code == 404
    assert page(client, "ledger-row", index + 1, 0).status_code == 404
