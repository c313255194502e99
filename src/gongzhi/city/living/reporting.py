"""The reports of evaluations: begun from the data, written in, signed by somebody else."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from gongzhi.city.invented import CityYear
from gongzhi.city.invented.reported import Reported, Writing, load_reported
from gongzhi.city.living.attempts import decided_on
from gongzhi.city.living.happenings import Happening
from gongzhi.city.living.people import BUREAU, WITHOUT_ROLE, People
from gongzhi.core.charter import Member
from gongzhi.cycle.actions import reports
from gongzhi.cycle.models import Evaluation, Project, Report
from gongzhi.cycle.reporting import Subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Reporting:
    """The year's reports, for those who write and sign them."""

    city: CityYear
    people: People

    def happenings(self) -> Iterator[Happening]:
        """Each report's steps on their days, as far as nobody did otherwise by hand."""
        for each in load_reported():
            yield decided_on(each.drafted_on, partial(self._draft, each))
            for writing in each.written:
                yield decided_on(writing.on, partial(self._write, each, writing))
            yield decided_on(each.signed_on, partial(self._sign, each))

    def _draft(self, each: Reported) -> None:
        project = Project.objects.select_related("unit__region").get(code=each.project)
        evaluation = (
            Evaluation.objects.with_facts().get(
                project=project,
                fiscal_year=self.city.year,
                kind=each.evaluation,
                evaluator__code=each.writer,
                stage="concluded",
            )
            if each.evaluation
            else None
        )
        subject = Subject(project=project, year=self.city.year, evaluation=evaluation)
        report = reports.report_to_be(subject, writer=self.people.organisations[each.writer])
        reports.draft_report(by=self._writer(each), report=report)

    def _write(self, each: Reported, writing: Writing) -> None:
        report = self._known(each)
        reports.write_report(
            by=self._writer(each),
            report=report,
            chapter=writing.chapter,
            text=writing.text,
            seen=report.versions.count(),
        )

    def _sign(self, each: Reported) -> None:
        report = self._known(each)
        is_bureau = each.writer == BUREAU
        by = (
            self.people.another(BUREAU, "budget")
            if is_bureau
            else self.people.member(each.writer, "reviewer")
        )
        reports.sign_report(by=by, report=report, seen=report.versions.count())

    def _known(self, each: Reported) -> Report:
        """The report in drafting; raises DoesNotExist where somebody has signed it by hand."""
        rows = Report.objects.with_facts().filter(stage=Report.Stage.DRAFTING)
        found: Report = rows.get(
            project__code=each.project,
            fiscal_year=self.city.year,
            writer__code=each.writer,
            evaluation__isnull=not each.evaluation,
        )
        return found

    def _writer(self, each: Reported) -> Member:
        if each.writer == BUREAU:
            return self.people.budget
        return self.people.member(each.writer, WITHOUT_ROLE)
