"""The community centre's participatory budget: held, proposed for, voted in, counted, carried on.

Ballots go in as anybody's do, by account, by link and on paper; nobody's is in the log before the
close, and then nobody's is anybody's. The invented keepers remember no phrase: theirs are made of
the installation's own secret, which a real keeper's never is.
"""

import hmac
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from hashlib import sha256

from django.conf import settings
from django.utils import timezone

from gongzhi.city.citizens import NOWHERE, citizen_called
from gongzhi.city.invented.own_evaluations import load_own_evaluations
from gongzhi.city.invented.own_forms import written
from gongzhi.city.invented.spoken import Speaker
from gongzhi.city.invented.values import Footing
from gongzhi.city.invented.voted import (
    Budgeting,
    Cast,
    ToldGoals,
    ToldProposal,
    ToldReading,
    ToldVote,
    load_voted,
)
from gongzhi.city.living.attempts import decided_on
from gongzhi.city.living.beginnings import PACK
from gongzhi.city.living.happenings import Happening
from gongzhi.city.living.people import People
from gongzhi.city.living.speaking import member_speaking
from gongzhi.core.charter import VISITOR, Member
from gongzhi.core.goals.next_year import shared
from gongzhi.core.monitoring.plan import MONTHS
from gongzhi.core.terms import FiscalYear
from gongzhi.cycle.actions import draft_form, goals, publish_form
from gongzhi.cycle.actions.readings import Read, add_reading
from gongzhi.cycle.models import FormVersion, GoalVersion, Project
from gongzhi.cycle.self_evaluating import facts_of
from gongzhi.forum.actions import (
    ballot_papers,
    ballots,
    vote_proposals,
    vote_winners,
    votes,
    voting_rolls,
)
from gongzhi.forum.actions.ballots import PURPOSE, Voter
from gongzhi.forum.actions.vote_proposals import Checked, Proposed
from gongzhi.forum.actions.votes import PlannedVote
from gongzhi.forum.ballot_box import PHRASE_BYTES, phrase_of
from gongzhi.forum.models import Vote, VoteProposal
from gongzhi.forum.winners import plan_of_winner
from gongzhi.parties.answer_links import make_answer_link
from gongzhi.parties.business_date import business_date
from gongzhi.parties.models import Person
from gongzhi.rules.packs.loading import load_packs

OFFICER, REVIEWER = "officer", "reviewer"
CHOSEN = "on"
EVENLY = (Decimal(1),) * MONTHS


@dataclass(frozen=True, slots=True, kw_only=True)
class Voting:
    """The story's votes, for those who hold them, those who vote and those who look on."""

    people: People
    told: tuple[ToldVote, ...] = field(default_factory=load_voted)

    def happenings(self) -> Iterator[Happening]:
        """Each step on its day, by whoever takes it."""
        for told in self.told:
            yield from self._before(told)
            yield from self._while_open(told)
            yield from self._after(told)
            if told.budgeting is not None:
                yield from self._budget(told, told.budgeting)

    def _before(self, told: ToldVote) -> Iterator[Happening]:
        yield decided_on(told.on, partial(self._start, told))
        for proposal in told.proposals:
            yield decided_on(proposal.on, partial(self._propose, told, proposal))
            yield decided_on(told.checked_on, partial(self._cost, told, proposal))
            yield decided_on(told.examined_on, partial(self._examine, told, proposal))
        yield decided_on(told.roll.enrolled_on, partial(self._enrol, told))
        yield decided_on(told.roll.confirmed_on, partial(self._confirm, told))
        for keeper in told.box.keepers:
            yield decided_on(told.box.kept_on, partial(self._keep, told, *keeper))
        yield decided_on(told.opens_on, partial(self._open, told))

    def _while_open(self, told: ToldVote) -> Iterator[Happening]:
        first = 1
        for cast in told.cast:
            if cast.by is not None:
                yield decided_on(cast.on, partial(_cast_by_account, told, cast, cast.by))
            else:
                yield decided_on(cast.on, partial(_cast_by_links, told, cast, first=first))
                first += cast.count
        papers = told.papers
        yield decided_on(papers.keyed_on, partial(self._key_in, told, OFFICER))
        yield decided_on(papers.keyed_again_on, partial(self._key_in, told, REVIEWER))

    def _after(self, told: ToldVote) -> Iterator[Happening]:
        for keeper in told.box.keepers:
            yield decided_on(told.box.unlocked_on, partial(self._unlock, told, *keeper))
        yield decided_on(told.closed_on, partial(self._close, told))
        for number in range(1, len(told.proposals) + 1):
            yield decided_on(told.adopted_on, partial(self._adopt, told, number))

    def _budget(self, told: ToldVote, budgeting: Budgeting) -> Iterator[Happening]:
        for each in budgeting.goals:
            yield decided_on(budgeting.drafted_on, partial(self._draft, told, each))
            yield decided_on(budgeting.submitted_on, partial(self._submit, told, each))
            yield decided_on(budgeting.approved_on, partial(self._approve, told, each))
            for reading in each.readings:
                yield decided_on(reading.on, partial(self._read, told, each, reading))
            if budgeting.evaluated_on is not None:
                yield decided_on(budgeting.evaluated_on, partial(self._evaluate, told, each))
            if budgeting.published_on is not None:
                yield decided_on(budgeting.published_on, partial(self._publish, told, each))

    # ── before anybody votes ──

    def _start(self, told: ToldVote) -> None:
        planned = PlannedVote(
            title=told.title,
            scope=told.scope,
            use=told.use,
            pool=told.pool,
            budget_yuan=told.budget,
            electorate=told.electorate,
            proposals_until=told.proposals_until,
            opens_on=told.opens_on,
            closes_on=told.closes_on,
            ballot=told.ballot,
            rule=told.rule,
            least=told.least,
            project=Project.objects.get(code=told.project),
        )
        holder = self.people.organisations[told.holder]
        votes.start_vote(by=self._officer(told), organisation=holder, planned=planned)

    def _propose(self, told: ToldVote, proposal: ToldProposal) -> None:
        said = Proposed(title=proposal.title, text=proposal.text, cost_yuan=proposal.asked)
        by = member_speaking(self.people, proposal.by)
        vote_proposals.propose_project(by=by, vote=vote_of(told), proposed=said)

    def _cost(self, told: ToldVote, proposal: ToldProposal) -> None:
        checked = Checked(
            kind="cost", passed=True, reason=proposal.cost_because, cost_yuan=proposal.cost
        )
        row = _proposal(told, proposal)
        vote_proposals.check_proposal(by=self._officer(told), proposal=row, checked=checked)

    def _examine(self, told: ToldVote, proposal: ToldProposal) -> None:
        checked = Checked(kind="legality", passed=proposal.lawful, reason=proposal.lawful_because)
        row = _proposal(told, proposal)
        vote_proposals.check_proposal(by=self._reviewer(told), proposal=row, checked=checked)

    def _enrol(self, told: ToldVote) -> None:
        """The stories' citizens by account, the others by a mailbox, some by a paper alone."""
        known = [name for name in told.roll.citizens if _is_here(name)]
        lines = [*known, *(address(told, each) for each in range(1, told.roll.residents + 1))]
        voting_rolls.change_roll(
            by=self._officer(told),
            vote=vote_of(told),
            reason=told.roll.because,
            added=lines,
            papers=told.roll.papers,
        )

    def _confirm(self, told: ToldVote) -> None:
        by = self._reviewer(told)
        voting_rolls.decide_roll_change(by=by, vote=vote_of(told), confirmed=True)

    def _keep(self, told: ToldVote, code: str, role: str) -> None:
        vote, by = vote_of(told), self.people.member(code, role)
        ballots.keep_box(by=by, vote=vote, chance=_remembered(vote, by))

    def _open(self, told: ToldVote) -> None:
        """Papers are numbered for those who asked for one."""
        by = self._officer(told)
        vote = votes.open_vote(by=by, vote=vote_of(told))
        ballot_papers.issue_ballot_papers(by=by, vote=vote)

    # ── ballots on paper; the others below ──

    def _key_in(self, told: ToldVote, role: str) -> None:
        vote, by = vote_of(told), self.people.member(told.holder, role)
        numbers = vote.papers.order_by("number").values_list("number", flat=True)
        for number, chosen in zip(numbers, told.papers.filled, strict=False):
            given = dict.fromkeys(chosen, CHOSEN)
            ballot_papers.key_ballot_paper(by=by, vote=vote, number=number, given=given)

    # ── the box, and what wins ──

    def _unlock(self, told: ToldVote, code: str, role: str) -> None:
        vote, by = vote_of(told), self.people.member(code, role)
        ballots.unlock_box(by=by, vote=vote, phrase=phrase_of(_remembered(vote, by)))

    def _close(self, told: ToldVote) -> None:
        votes.close_vote(by=self._officer(told), vote=vote_of(told))

    def _adopt(self, told: ToldVote, number: int) -> None:
        winner = _won(told, number)
        code = f"{told.codes}{number:02}"
        vote_winners.adopt_winner(by=self._officer(told), proposal=winner, code=code)

    # ── the goals of what won, and what is read of them ──

    def _draft(self, told: ToldVote, each: ToldGoals) -> None:
        """What was proposed and its cost on the ballot, with lines that can be measured."""
        winner = _won(told, each.number)
        if winner.became is None:
            raise VoteProposal.DoesNotExist
        begun = plan_of_winner(winner, winner.became)
        year = begun.goal.year
        assert year is not None, "a winner's goals have their year"
        assert told.budgeting is not None, "it is drafted"
        months = shared(_months(told.budgeting, year), total=winner.cost_yuan)
        plan = replace(
            begun,
            goal=replace(begun.goal, indicators=each.lines),
            money_by_month=tuple(month or Decimal() for month in months),
        )
        goals.draft_goals(
            by=self._officer(told),
            project=winner.became,
            fiscal_year=year,
            plan=plan,
            pack=PACK,
        )

    def _submit(self, told: ToldVote, each: ToldGoals) -> None:
        goals.submit_goals(by=self._reviewer(told), version=_goals_of(told, each, stage="draft"))

    def _approve(self, told: ToldVote, each: ToldGoals) -> None:
        assert told.budgeting is not None, "it is drafted"
        version = _goals_of(told, each, stage="forwarded")
        number = told.budgeting.document_number
        goals.approve_goals(by=self.people.budget, version=version, document_number=number)

    def _read(self, told: ToldVote, each: ToldGoals, reading: ToldReading) -> None:
        project = _won(told, each.number).became
        assert project is not None, "it has goals"
        read = Read(
            project=project,
            indicator=reading.indicator,
            starts_on=date(reading.on.year, 1, 1),
            ends_on=reading.on,
            source=str(Footing.UNIT),
            value=reading.value,
            evidence=reading.evidence,
        )
        holder = self.people.organisations[told.holder]
        add_reading(by=self._officer(told), organisation=holder, read=read)

    def _evaluate(self, told: ToldVote, each: ToldGoals) -> None:
        """The holder evaluates itself, from the facts."""
        by, goal = self._officer(told), _goals_of(told, each, stage="approved")
        (known,) = facts_of([goal.project], year=goal.fiscal_year, on=business_date(), reader=by)
        pack, words = load_packs()[known.pack], load_own_evaluations().words
        draft_form(
            by=by,
            project=goal.project,
            form=written(known.facts, pack=pack, words=words).form,
            fiscal_year=goal.fiscal_year,
            pack=known.pack,
        )

    def _publish(self, told: ToldVote, each: ToldGoals) -> None:
        rows = FormVersion.objects.select_related("project__unit")
        version = rows.get(project=_won(told, each.number).became, stage="draft")
        review = load_own_evaluations().words.review
        publish_form(by=self._reviewer(told), version=version, review=review)

    # ── who ──

    def _officer(self, told: ToldVote) -> Member:
        return self.people.member(told.holder, OFFICER)

    def _reviewer(self, told: ToldVote) -> Member:
        return self.people.member(told.holder, REVIEWER)


def _months(budgeting: Budgeting, year: FiscalYear) -> tuple[Decimal, ...]:
    """The same in each month of the year, from the month of the approval on."""
    approved = budgeting.approved_on
    first = approved.month if approved.year == year else 1
    return (Decimal(0),) * (first - 1) + EVENLY[first - 1 :]


def vote_of(told: ToldVote) -> Vote:
    """The vote as it stands; raises DoesNotExist where nobody held it."""
    rows = Vote.objects.with_facts()
    found: Vote = rows.get(organisation__code=told.holder, title=told.title)
    return found


def address(told: ToldVote, number: int) -> str:
    """The mailbox of a resident on the roll; nobody has it."""
    return f"{told.key}-{number:03}@{NOWHERE}"


def _is_here(username: str) -> bool:
    return Person.objects.active().filter(username=username).exists()


def _proposal(told: ToldVote, proposal: ToldProposal) -> VoteProposal:
    rows = VoteProposal.objects.with_facts().filter(vote=vote_of(told))
    found: VoteProposal = rows.get(title=proposal.title)
    return found


def _won(told: ToldVote, number: int) -> VoteProposal:
    """What won under a number of the story; raises DoesNotExist where it didn't."""
    rows = VoteProposal.objects.with_facts().select_related("became__unit__region")
    title = told.proposals[number - 1].title
    found: VoteProposal = rows.get(vote=vote_of(told), title=title, stage="won")
    return found


def _goals_of(told: ToldVote, each: ToldGoals, *, stage: str) -> GoalVersion:
    rows = GoalVersion.objects.with_facts().select_related("project__unit__parent")
    winner = _won(told, each.number)
    found: GoalVersion = rows.get(project=winner.became, stage=stage)
    return found


def _remembered(vote: Vote, by: Member) -> bytes:
    """What a keeper of the story makes their phrase of, the same each time."""
    said = f"keeper {vote.pk} {by.person}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), said, sha256).digest()[:PHRASE_BYTES]


def _cast_by_account(told: ToldVote, cast: Cast, by: Speaker) -> None:
    member = citizen_called(username=by.username, name=by.name)
    voter = Voter(person=Person.objects.get(username=by.username))
    given = dict.fromkeys(cast.chosen, CHOSEN)
    ballots.cast_ballot(by=member, vote=vote_of(told), given=given, voter=voter)


def _cast_by_links(told: ToldVote, cast: Cast, *, first: int) -> None:
    """So many residents, each by a link to their mailbox, as the page sends one."""
    vote, given = vote_of(told), dict.fromkeys(cast.chosen, CHOSEN)
    expires_at = timezone.now() + timedelta(days=1)
    for number in range(first, first + cast.count):
        token = make_answer_link(
            purpose=PURPOSE,
            about=vote.thing().name,
            channel="email",
            address=address(told, number),
            expires_at=expires_at,
        )
        assert token is not None, "links to a vote are never used up"
        ballots.cast_ballot(by=VISITOR, vote=vote, given=given, voter=Voter(token=token))
