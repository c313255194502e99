"""Qingping's participatory budget, in a browser: voted, counted at home, carried into the draft."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from gongzhi.city.invented.voted import ToldVote, load_voted
from gongzhi.city.living.happenings import in_order
from gongzhi.city.living.people import People
from gongzhi.city.living.voting import Voting, vote_of
from gongzhi.city.living.year import live_through
from gongzhi.core.charter import SYSTEM
from gongzhi.cycle.actions.projects import register_project
from gongzhi.cycle.models import GoalVersion, Project
from gongzhi.forum.models import Vote, VoteProposal
from gongzhi.parties.models import Organisation
from journeys.beside import apart, main, send
from journeys.conftest import Come
from journeys.reader import Reader, follow

NEXT = next(told for told in load_voted() if told.use == Vote.Use.DRAFT_BUDGET)
WORDS = {
    "zh": ("与当时资助的一样", "居民投票选出", "没选中"),
    "en": ("the same", "Chosen by vote", "not chosen"),
}


def told_in(language: str) -> ToldVote:
    """The story's vote, under a name of its own for each language that it is tried in."""
    return replace(
        NEXT,
        title=f"{NEXT.title}（{language}）",
        key=f"next-{language}",
        codes=f"QP-{language}-",
    )


def live(told: ToldVote, *, after: date, until: date) -> None:
    """What the story tells of these days, done beside the browsers."""

    def done() -> None:
        if not Project.objects.filter(code=told.project).exists():
            unit = Organisation.objects.get(code=told.holder)
            register_project(by=SYSTEM, unit=unit, code=told.project, name="服务中心")
        happenings = Voting(people=People.known(), told=(told,)).happenings()
        live_through(each for each in in_order(happenings) if after < each.on <= until)

    apart(done)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_s60_a_resident_votes_recounts_at_home_and_sees_it_in_the_draft(
    come: Come, days_later: Callable[[int], date], language: str, tmp_path: Path
):
    told, begun = told_in(language), days_later(0)
    assert told.budgeting is not None
    live(told, after=begun, until=told.opens_on)
    vote = vote_of(told)
    resident = come(office="shimin", width=360, language=language)
    receipt = votes_twice(resident, vote)
    live(told, after=told.opens_on, until=told.closed_on)
    counted = sees_why(resident, vote, language=language)
    order = recounts(resident, vote, language=language, folder=tmp_path)
    assert order == counted
    finds_receipt(resident, vote, receipt)
    winner = VoteProposal.objects.get(vote=vote, number=counted[0])
    adopts(come(office="qingping", language=language), winner)
    live(told, after=told.closed_on, until=told.budgeting.submitted_on)
    examines(come(office="caizheng", width=360, language=language), winner, language=language)


def votes_twice(resident: Reader, vote: Vote) -> str:
    """The budget stands beside what is chosen; the second ballot has the receipt of the first."""
    page = resident.open(reverse("vote", args=[vote.pk]))
    follow(page.locator("#answer a.button.primary"))
    for number in (7, 2, 1, 4):
        page.locator(f"input[name=p{number}]").check()
    expect(page.locator("[data-sum]")).to_have_text("1,000,000.00")
    expect(page.locator("[data-over]")).to_be_visible()
    page.locator("input[name=p7]").uncheck()
    expect(page.locator("[data-over]")).to_be_hidden()
    expect(page.locator("[data-count]")).to_have_text("3")
    assert resident.sideways() == 0
    follow(page.locator("#cast_ballot button.primary"))
    receipt = page.inner_text(".receipt")
    resident.open(reverse("voting", args=[vote.pk]))
    follow(page.locator("#cast_ballot button.primary"))
    expect(page.locator(".error-summary")).to_be_visible()
    for number in (1, 5):
        page.locator(f"input[name=p{number}]").check()
    follow(page.locator("#cast_ballot button.primary"))
    assert page.inner_text(".receipt") == receipt
    assert resident.sideways() == 0
    assert resident.noticed() == []
    return receipt


def sees_why(resident: Reader, vote: Vote, *, language: str) -> list[int]:
    """Why each won or not, and what other rules would choose; the winners in their order."""
    page = resident.open(reverse("vote-result", args=[vote.pk]))
    expect(page.locator("#why tbody tr")).to_have_count(8)
    expect(page.locator("#others")).to_contain_text(WORDS[language][2])
    expect(page.locator("#others td.differs").first).to_be_attached()
    expect(page.locator("#became li")).to_have_count(
        VoteProposal.objects.filter(vote=vote, stage="won").count()
    )
    assert resident.sideways() == 0
    assert resident.axe() == []
    vote.refresh_from_db()
    return [each["project"] for each in vote.result.outcome["rounds"]]


def recounts(resident: Reader, vote: Vote, *, language: str, folder: Path) -> list[int]:
    """The same wins by the page of recounts and by the command, which has nothing but the file."""
    page = resident.page
    file = downloaded(page, folder / "vote.pb")
    assert page.inner_text("#recount .digest").strip() == sha256(file.read_bytes()).hexdigest()
    command = page.inner_text("#recount code >> nth=-1").split()
    follow(page.locator(f"#recount a[href^='{reverse('recount')}']"))
    page.set_input_files("#file", file)
    follow(page.locator("#ask button.primary"))
    expect(page.locator("#result")).to_contain_text(WORDS[language][0])
    assert resident.sideways() == 0
    flags = command[3:]
    told = subprocess.run(
        [sys.executable, "-m", "gongzhi", "vote", str(file), *flags, "--json"],
        capture_output=True,
        check=True,
    )
    return [int(each) for each in json.loads(told.stdout)["selected"]]


def downloaded(page: Page, to: Path) -> Path:
    with page.expect_download() as waiting:
        page.locator("#recount a[download]").click()
    waiting.value.save_as(to)
    return to


def finds_receipt(resident: Reader, vote: Vote, receipt: str) -> None:
    page = resident.open(reverse("ballot-receipts", args=[vote.pk]))
    page.locator("#receipt").fill(receipt)
    follow(page.locator("main form button.primary"))
    expect(page.locator(".notice.kept")).to_be_visible()
    assert resident.sideways() == 0


def adopts(officer: Reader, winner: VoteProposal) -> None:
    """The office makes it a candidate; its goals begin with what was proposed and its cost."""
    officer.open(reverse("vote-proposal", args=[winner.pk]))
    send(officer, "adopt_winner", code=f"QP-{winner.pk.hex[-8:]}")
    winner.refresh_from_db()
    page = officer.open(reverse("drafting-goals", args=[winner.became_id]))
    expect(page.locator("#won-in")).to_be_visible()
    assert winner.text in page.input_value("#text")
    assert float(page.input_value("#budget").replace(",", "")) > 0
    assert officer.noticed() == []


def examines(finance: Reader, winner: VoteProposal, *, language: str) -> None:
    """The finance bureau sees in the draft which goals residents chose, and the way back."""
    page = finance.open(f"{reverse('goals')}?year={winner.vote.budget_year}")
    assert WORDS[language][1] in main(finance)
    assert finance.sideways() == 0
    version = GoalVersion.objects.get(project=winner.became_id, stage="forwarded")
    page = finance.open(reverse("goal-version", args=[version.pk]))
    expect(page.locator("#approve_goals")).to_be_visible()
    follow(page.locator("#won-in a").last)
    expect(page.locator("#became")).to_contain_text(str(winner.vote.budget_year))
    assert finance.sideways() == 0
    assert finance.noticed() == []
