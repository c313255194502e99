"""How the year is judged: evaluations chosen, drawn up, opened, objected to, concluded."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from gongzhi.city.invented import CityYear
from gongzhi.city.invented.judged import Drawing, Explaining, Judged, Objecting, Paper, load_judged
from gongzhi.city.living.attempts import decided_on
from gongzhi.city.living.beginnings import PACK
from gongzhi.city.living.happenings import Happening
from gongzhi.city.living.people import BUREAU, WITHOUT_ROLE, People
from gongzhi.core.charter import Member
from gongzhi.core.charter.asking import PartyKind
from gongzhi.cycle.actions import evaluations, hearing
from gongzhi.cycle.actions.draws import Announcement, announce_draw, hold_draw
from gongzhi.cycle.actions.gaps import explain_gap
from gongzhi.cycle.evaluated_facts import newest_sheet
from gongzhi.cycle.models import Draw, Evaluation, Project


@dataclass(frozen=True, slots=True, kw_only=True)
class Judging:
    """The evaluations of the year, for those who do them."""

    city: CityYear
    people: People

    def happenings(self) -> Iterator[Happening]:
        """Each evaluation's steps, each on its day, as far as nobody did otherwise by hand."""
        for judged in load_judged():
            yield from self._of(judged)

    def _of(self, judged: Judged) -> Iterator[Happening]:
        if judged.declined:
            first = replace(judged, evaluator=judged.declined.evaluator)
            yield decided_on(judged.declined.chosen_on, partial(self._choose, first))
            yield decided_on(judged.declined.on, partial(self._decline, first))
        if judged.drawn:
            yield from self._drawn(judged, judged.drawn)
        elif judged.commissioner:
            yield decided_on(judged.chosen_on, partial(self._choose, judged))
        if judged.commissioner:
            yield decided_on(judged.accepted_on, partial(self._accept, judged))
        else:
            yield decided_on(judged.chosen_on, partial(self._start, judged))
        for paper in judged.papers:
            yield decided_on(paper.on, partial(self._file, judged, paper))
        yield decided_on(judged.drafted_on, partial(self._draft, judged))
        yield decided_on(judged.handed_in_on, partial(self._hand_in, judged))
        yield decided_on(judged.sent_on, partial(self._send, judged))
        for objecting in judged.objections:
            yield decided_on(objecting.on, partial(self._object, judged, objecting))
            yield decided_on(objecting.answered_on, partial(self._answer, judged, objecting))
        for explaining in judged.explained:
            yield decided_on(explaining.on, partial(self._explain, judged, explaining))
        if judged.acknowledged:
            yield decided_on(judged.acknowledged.on, partial(self._acknowledge, judged))
        yield decided_on(judged.concluded.on, partial(self._conclude, judged))

    def _drawn(self, judged: Judged, drawing: Drawing) -> Iterator[Happening]:
        """The announcement, then a try each day: the log has to sign a checkpoint over it first."""
        yield decided_on(drawing.announced_on, partial(self._announce, judged))
        days = (drawing.until - drawing.announced_on).days
        for later in range(1, days + 1):
            day = drawing.announced_on + timedelta(days=later)
            yield decided_on(day, partial(self._hold, judged))

    def _announce(self, judged: Judged) -> None:
        announce_draw(
            by=self._worker(judged.commissioner),
            announcement=Announcement(
                project=Project.objects.select_related("unit__region").get(code=judged.project),
                fiscal_year=self.city.year,
                kind=judged.kind,
                count=1,
                pack=PACK,
                because=judged.because,
            ),
            commissioner=self.people.organisations[judged.commissioner],
        )

    def _hold(self, judged: Judged) -> None:
        waiting = Draw.objects.select_related("project__unit__region", "commissioner")
        draw = waiting.get(
            project__code=judged.project, kind=judged.kind, stage=Draw.Stage.ANNOUNCED
        )
        hold_draw(by=self._worker(judged.commissioner), draw=draw)

    # ── the evaluator ──

    def _choose(self, judged: Judged) -> None:
        evaluations.choose_evaluation(
            by=self._worker(judged.commissioner),
            assignment=self._assignment(judged),
            commissioner=self.people.organisations[judged.commissioner],
        )

    def _start(self, judged: Judged) -> None:
        evaluations.start_evaluation(
            by=self._worker(self._evaluator(judged)),
            assignment=self._assignment(judged),
            independence=judged.independence,
            declared=judged.declared,
        )

    def _accept(self, judged: Judged) -> None:
        evaluations.accept_assignment(
            by=self._worker(self._evaluator(judged)),
            evaluation=self._known(judged),
            independence=judged.independence,
            declared=judged.declared,
        )

    def _decline(self, judged: Judged) -> None:
        assert judged.declined is not None, "it happens only where it is told"
        evaluations.decline_assignment(
            by=self._worker(self._evaluator(judged)),
            evaluation=self._known(judged),
            reason=judged.declined.reason,
        )

    def _file(self, judged: Judged, paper: Paper) -> None:
        evaluations.file_working_paper(
            by=self._worker(self._evaluator(judged)),
            evaluation=self._known(judged),
            line=paper.line,
            text=paper.text,
            source=paper.source,
        )

    def _draft(self, judged: Judged) -> None:
        evaluation = self._known(judged)
        if newest_sheet(evaluation) is None:
            evaluations.draft_sheet(
                by=self._worker(self._evaluator(judged)),
                evaluation=evaluation,
                marks=judged.marks,
                seen=0,
            )

    def _hand_in(self, judged: Judged) -> None:
        evaluations.hand_in_evaluation(
            by=self._worker(self._evaluator(judged)),
            evaluation=self._known(judged),
            declared=judged.declared,
        )

    def _explain(self, judged: Judged, explaining: Explaining) -> None:
        explain_gap(
            by=self._worker(self._evaluator(judged)),
            evaluation=self._known(judged),
            line=explaining.line,
            reason=explaining.text,
        )

    # ── the hearing ──

    def _send(self, judged: Judged) -> None:
        hearing.send_evaluation(by=self._worker(judged.sends), evaluation=self._known(judged))

    def _object(self, judged: Judged, objecting: Objecting) -> None:
        evaluation = self._known(judged)
        if evaluation.objections.filter(line=objecting.line).exists():
            return  # somebody has raised it by hand
        hearing.object_to_evaluation(
            by=self._evaluated(judged),
            evaluation=evaluation,
            line=objecting.line,
            reason=objecting.text,
            evidence=objecting.evidence,
        )

    def _answer(self, judged: Judged, objecting: Objecting) -> None:
        evaluation = self._known(judged)
        waiting = evaluation.objections.filter(line=objecting.line, outcome="").first()
        if waiting is not None:
            hearing.answer_objection(
                by=self.people.member(self._evaluator(judged), "reviewer"),
                evaluation=evaluation,
                objection=waiting.pk,
                outcome=objecting.outcome,
                reason=objecting.answer,
                points=objecting.points,
            )

    def _acknowledge(self, judged: Judged) -> None:
        assert judged.acknowledged is not None, "it happens only where it is told"
        hearing.acknowledge_evaluation(
            by=self._evaluated(judged),
            evaluation=self._known(judged),
            reason=judged.acknowledged.text,
        )

    def _conclude(self, judged: Judged) -> None:
        is_own = judged.sends == judged.evaluator  # whoever drew it up doesn't conclude on it
        hearing.conclude_evaluation(
            by=self.people.member(judged.sends, "reviewer")
            if is_own
            else self._worker(judged.sends),
            evaluation=self._known(judged),
            conclusion=judged.concluded.text,
        )

    # ── who and what ──

    def _assignment(self, judged: Judged) -> evaluations.Assignment:
        return evaluations.Assignment(
            project=None
            if judged.whole
            else Project.objects.select_related("unit__region").get(code=judged.project),
            whole=self.people.organisations[judged.whole] if judged.whole else None,
            fiscal_year=self.city.year,
            kind=judged.kind,
            evaluator=self.people.organisations[judged.evaluator],
            pack=PACK,
            because=judged.because,
        )

    def _known(self, judged: Judged) -> Evaluation:
        """The evaluation as it stands; raises DoesNotExist where nobody chose it."""
        rows = Evaluation.objects.with_facts().that_stand()
        of: dict[str, object] = (
            {"project": None} if judged.whole else {"project__code": judged.project}
        )
        if judged.evaluator:
            of["evaluator__code"] = judged.evaluator
        found: Evaluation = rows.filter(**of).get(
            evaluated__code=judged.evaluated, fiscal_year=self.city.year, kind=judged.kind
        )
        return found

    def _evaluator(self, judged: Judged) -> str:
        """Who evaluates: as is told, or whom the lot has chosen."""
        return judged.evaluator or str(self._known(judged).evaluator.code)

    def _worker(self, code: str) -> Member:
        """Whoever chooses, draws up, sends and concludes in an organisation."""
        if code == BUREAU:
            return self.people.budget
        is_evaluator = self.people.organisations[code].kind == PartyKind.EVALUATOR
        return self.people.member(code, WITHOUT_ROLE if is_evaluator else "officer")

    def _evaluated(self, judged: Judged) -> Member:
        return self.people.member(judged.evaluated, "officer")
