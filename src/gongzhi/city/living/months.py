"""What the year's months bring: files of contracts and payments, calls, readings of every hand."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from gongzhi.city.invented import CityYear
from gongzhi.city.invented.calendar import ROUNDS
from gongzhi.city.invented.told_money import is_told
from gongzhi.city.invented.values import Call, Footing, Report, Surveyed
from gongzhi.city.living.attempts import unless_settled
from gongzhi.city.living.files import Files
from gongzhi.city.living.happenings import Happening, When
from gongzhi.city.living.people import People
from gongzhi.core.facts import ContractFact, PaymentFact
from gongzhi.core.monitoring.figures import end_of
from gongzhi.core.working_days import working_days_between
from gongzhi.cycle.actions.evidence import Shown, add_evidence
from gongzhi.cycle.actions.readings import Read, add_reading, open_collection, submit_readings
from gongzhi.cycle.models import Collection, Project, Reading, Submission
from gongzhi.rules.calendar import load_calendar

HALF = 16  # files of payments come on this day for the first half of a month
TITLE = "{year} 年 {month} 月指标填报"


@dataclass(frozen=True, slots=True, kw_only=True)
class Months:
    """The year's months, for those who act in them."""

    city: CityYear
    people: People
    files: Files

    def happenings(self) -> Iterator[Happening]:
        """Files twice a month, a call each round, readings as each hands them in.

        What a story tells of by itself comes on its own day.
        """
        yield from self._files()
        for call in self.city.calls:
            if call.month not in ROUNDS:
                continue  # most projects are read every second month: who reads more, does alone
            opening = partial(self._call, call)
            yield Happening(on=call.opened_on, when=When.CALLS, do=partial(unless_settled, opening))
        for (day, by), reports in sorted(self._reports().items()):
            yield Happening(
                on=day,
                when=When.READINGS,
                do=partial(self._read, by, reports),
            )

    def _files(self) -> Iterator[Happening]:
        by_day: dict[date, list[PaymentFact | ContractFact]] = defaultdict(list)
        for venture in self.city.ventures:
            for contract in venture.contracts:
                day = contract.signed_on
                is_news = bool(venture.story and day and day >= date(self.city.year, 1, HALF))
                by_day[day if day and is_news else self._comes_on(day)].append(contract)
            for payment in venture.payments:
                comes_on = payment.paid_on if is_told(payment) else self._comes_on(payment.paid_on)
                by_day[comes_on].append(payment)
        for day, facts in sorted(by_day.items()):
            contracts = [each for each in facts if isinstance(each, ContractFact)]
            payments = [each for each in facts if isinstance(each, PaymentFact)]
            name = f"国库支付-{day:%Y%m%d}"
            yield Happening(
                on=day,
                when=When.FILES,
                do=partial(
                    unless_settled,
                    partial(self.files.bring, "contract", "政府采购合同", contracts),
                ),
            )
            yield Happening(
                on=day,
                when=When.FILES,
                do=partial(unless_settled, partial(self.files.bring, "payment", name, payments)),
            )

    def _comes_on(self, day: date | None) -> date:
        """The day on which the next file holds a fact of a day; of earlier years, the first one."""
        first = date(self.city.year, 1, HALF)
        if day is None or day < first:
            return first
        last = end_of(day.year, day.month)
        return last if day.day >= HALF else date(day.year, day.month, HALF)

    def _call(self, call: Call) -> None:
        days = working_days_between(call.opened_on, call.due_on, calendar=load_calendar())
        open_collection(
            by=self.people.budget,
            organisation=self.people.bureau,
            fiscal_year=self.city.year,
            month=call.month,
            title=TITLE.format(year=self.city.year, month=call.month),
            working_days=max(days, 1),
        )

    def _reports(self) -> dict[tuple[date, str], list[Report]]:
        """The readings, by the day on which and the organisation by which they are handed in."""
        handed: dict[tuple[date, str], list[Report]] = defaultdict(list)
        for venture in self.city.ventures:
            for report in venture.reports:
                handed[report.submitted_on, report.by].append(report)
        return handed

    def _read(self, by: str, reports: Sequence[Report]) -> None:
        """A unit answers the month's call; whoever else reads, or without a call, reads alone."""
        projects = Project.objects.select_related("unit__region").in_bulk(
            [each.reading.project for each in reports], field_name="code"
        )
        waiting = [each for each in self._unread(by, reports) if each.reading.project in projects]
        for month in sorted({each.reading.ends_on.month for each in waiting}):
            mine = [each for each in waiting if each.reading.ends_on.month == month]
            answers = [each for each in mine if each.footing is Footing.UNIT]
            reads = [_read(each, projects) for each in answers]
            call = self._open_call(by, month)
            if call and unless_settled(partial(self._submit, by, call, reads)):
                mine = [each for each in mine if each not in answers]
            for each in mine:
                unless_settled(partial(self._add, each, _read(each, projects)))

    def _unread(self, by: str, reports: Sequence[Report]) -> list[Report]:
        """The readings that the organisation hasn't handed in by hand before."""
        known = set(
            Reading.objects.filter(organisation__code=by)
            .filter(project__code__in={each.reading.project for each in reports})
            .values_list("project__code", "indicator", "ends_on")
        )
        return [
            each
            for each in reports
            if (each.reading.project, each.reading.indicator, each.reading.ends_on) not in known
        ]

    def _add(self, report: Report, read: Read) -> None:
        by = self.people.member(report.by, "officer")
        reading = add_reading(by=by, organisation=self.people.organisations[report.by], read=read)
        if report.survey is not None:
            add_evidence(by=by, reading=reading, shown=_shown(report, report.survey))

    def _open_call(self, by: str, month: int) -> Collection | None:
        """The month's call, if the organisation is asked and hasn't answered."""
        unit = self.people.organisations[by]
        calls = Collection.objects.filter(fiscal_year=self.city.year, month=month, stage="open")
        call: Collection | None = calls.first()
        is_unit = any(body.code == by for body in self.city.units)
        if call is None or not is_unit:
            return None
        answered = Submission.objects.filter(collection=call, unit=unit).exists()
        return None if answered else call

    def _submit(self, by: str, call: Collection, reads: Sequence[Read]) -> None:
        if reads:
            submit_readings(
                by=self.people.member(by, "officer"),
                collection=call,
                unit=self.people.organisations[by],
                reads=reads,
            )


def _shown(report: Report, survey: Surveyed) -> Shown:
    return Shown(
        kind="survey",
        shows=survey.shows,
        made_on=report.reading.ends_on or report.submitted_on,
        asked=survey.asked,
        answered=survey.answered,
        method=survey.method,
    )


def _read(report: Report, projects: dict[str, Project]) -> Read:
    reading = report.reading
    return Read(
        project=projects[reading.project],
        indicator=reading.indicator,
        starts_on=reading.starts_on,
        ends_on=reading.ends_on,
        source=str(report.footing),
        value=reading.value,
        text=reading.text,
        evidence=reading.evidence,
    )
