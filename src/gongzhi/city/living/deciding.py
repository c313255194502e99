"""What the judged year does to the next: the bureau has it proposed, another person decides."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from gongzhi.city.invented import CityYear
from gongzhi.city.invented.decided import Accounting, Differing, load_results
from gongzhi.city.living.attempts import decided_on
from gongzhi.city.living.happenings import Happening
from gongzhi.city.living.people import BUREAU, People
from gongzhi.core.charter import Member
from gongzhi.cycle.actions.results import (
    Decided,
    Told,
    account_for_use,
    decide_result,
    decide_results,
    propose_results,
)
from gongzhi.cycle.models import Evaluation, Project, ResultProposal


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciding:
    """The next year's money, for those who propose and decide it."""

    city: CityYear
    people: People

    def happenings(self) -> Iterator[Happening]:
        """All is proposed at once; what differs is decided first, the rest as it stands."""
        results = load_results()
        yield decided_on(results.proposed_on, self._propose)
        for differing in results.differs:
            yield decided_on(differing.on, partial(self._decide, differing))
        yield decided_on(results.decided_on, self._decide_rest)
        for accounting in results.accounts:
            yield decided_on(accounting.on, partial(self._account, accounting))

    def _propose(self) -> None:
        codes = [each.code for each in self.city.ventures]
        propose_results(
            by=self.people.budget,
            region=self.people.bureau.region,
            fiscal_year=self._next,
            projects=Project.objects.filter(code__in=codes),
        )

    def _decide(self, differing: Differing) -> None:
        proposal = self._proposal(differing.project)
        if proposal.stage == ResultProposal.Stage.PROPOSED:
            decided = Decided(
                amount=differing.amount,
                reason=differing.reason,
                document_number=differing.document_number,
            )
            decide_result(by=self._second, proposal=proposal, decided=decided)

    def _decide_rest(self) -> None:
        decide_results(
            by=self._second,
            region=self.people.bureau.region,
            proposals=ResultProposal.objects.filter(fiscal_year=self._next, stage="proposed"),
            document_number=load_results().document_number,
        )

    def _account(self, accounting: Accounting) -> None:
        evaluation = Evaluation.objects.with_facts().get(
            project__code=accounting.project,
            fiscal_year=self.city.year,
            evaluator__code=accounting.evaluator,
            stage="concluded",
        )
        account_for_use(
            by=self.people.budget,
            proposal=self._proposal(accounting.project),
            evaluation=evaluation,
            told=Told(
                outcome=accounting.outcome,
                adopted=accounting.adopted,
                changed=accounting.changed,
                reason=accounting.reason,
            ),
        )

    def _proposal(self, code: str) -> ResultProposal:
        """What stands for a project; raises DoesNotExist where nothing was proposed."""
        rows = ResultProposal.objects.standing().with_facts()
        found: ResultProposal = rows.get(project__code=code, fiscal_year=self._next)
        return found

    @property
    def _second(self) -> Member:
        """Whoever had something proposed doesn't decide on it."""
        return self.people.another(BUREAU, "budget")

    @property
    def _next(self) -> int:
        return self.city.year + 1
