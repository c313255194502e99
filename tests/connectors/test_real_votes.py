"""Really decided votes of pabulib come out as decided (skipped where the data is absent)."""

import tarfile

import pytest

from gongzhi.connectors.pabulib import read_pabulib
from gongzhi.connectors.pabulib_official import compared, official_method
from gongzhi.core.balance.voting import Completion, Rule, count, method_for
from real_input import real_input

DECIDED = (
    "Poland_Swiecie_2023",
    "Poland_Gdynia_2024_Cisowa__large",
    "Poland_Krakow_2021_Debniki",
    "Poland_Katowice_2020_Bogucice",
    "Poland_Poznan_2025_10_-_Swierczewo_Wilda_Zielony_Debiec__large",
    "Poland_Warszawa_2019_Wola",
    "Poland_Wroclaw_2016_Rejon_nr_10_250",
    "Poland_Zabrze_2020_Osiedle_Mlodego_Gornika",
)


@pytest.fixture(scope="module")
def votes():
    with tarfile.open(real_input("votes") / "pabulib_dev.tar.xz") as archive:
        names = {member.name.rpartition("/")[2]: member for member in archive}
        wanted = [f"{name}.pb" for name in DECIDED if f"{name}.pb" in names]
        found = {}
        for name in wanted:
            file = archive.extractfile(names[name])
            assert file is not None
            found[name.removesuffix(".pb")] = read_pabulib(file.read())
        return found


def test_r21_decided_votes_come_out_as_decided(votes):
    checked = 0
    for name, read in votes.items():
        assert read.problems == (), name
        method = official_method(read.vote.meta, read.vote.election.kind)
        beside = compared(read.vote, count(read.vote.election, method))
        if beside is not None:
            assert beside.same, name
            checked += 1
    assert checked >= 6


def test_swiecie_2023_was_decided_by_equal_shares(votes):
    vote = votes["Poland_Swiecie_2023"].vote
    method = official_method(vote.meta, vote.election.kind)
    assert (method.rule, method.completion) == (Rule.EQUAL_SHARES, Completion.ADD1)
    outcome = count(vote.election, method)
    assert sorted(outcome.selected) == sorted(vote.official)
    assert outcome.cost == 1_040_337
    greedy = count(vote.election, method_for(vote.election.kind, rule=Rule.GREEDY))
    assert sorted(greedy.selected) != sorted(vote.official)
