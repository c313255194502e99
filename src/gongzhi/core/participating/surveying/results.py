"""What answers come to: figures by question and by stratum, their margins; small cells withheld.

What stands in a result may be published as it is; words that people wrote are not part of it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from gongzhi.core.participating.surveying.answering import Answers
from gongzhi.core.participating.surveying.questions import (
    CHOOSING,
    LEVELS,
    Frame,
    Question,
    QuestionKind,
    SurveyRules,
)
from gongzhi.core.participating.surveying.suppressing import (
    TOTAL,
    Sum,
    table_of,
    tells,
    told,
    withheld,
)
from gongzhi.core.participating.surveying.weighting import (
    Estimate,
    Group,
    Weighting,
    estimated,
    rounded,
    weighting_of,
)
from gongzhi.core.terms import Ratio

Counts: TypeAlias = "Counter[tuple[int, int]]"  # by stratum and option
Counted: TypeAlias = "Counter[int]"  # by stratum
ALL = 0  # the row of all who answered; others are numbered as the strata's options are


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What all or a stratum answered: counts by option (None: withheld), their shares, the mean."""

    stratum: int
    count: int | None
    counts: tuple[int | None, ...] = ()
    shares: tuple[Estimate | None, ...] = ()
    mean: Estimate | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionResult:
    """What came of a question: the row of all first, then one for each stratum."""

    number: int
    kind: QuestionKind
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Results:
    """What came of a survey; `satisfaction` is what may become an indicator's reading."""

    count: int
    response: Ratio | None
    weighting: Weighting
    satisfaction: Estimate | None
    questions: tuple[QuestionResult, ...]


def results_of(
    questions: Sequence[Question],
    answers: Sequence[Answers],
    *,
    frame: Frame,
    rules: SurveyRules,
) -> Results:
    """What the answers come to; no figures at all of fewer people than the least."""
    by = next((each for each in questions if each.stratifies), None)
    strata = [_stratum(each, by) for each in answers]
    counted = Counter(strata)
    named = range(1, len(by.options) + 1) if by else (ALL,)
    weighting = weighting_of(by, {stratum: counted[stratum] for stratum in named})
    adding = _Adding(weighting=weighting, frame=frame, rules=rules)
    shown = questions if len(answers) >= rules.least else ()
    found = tuple(_result(each, answers, strata, adding) for each in shown)
    measuring = next((each.number for each in questions if each.measures), None)
    satisfaction = next((each.rows[0].mean for each in found if each.number == measuring), None)
    asked = frame.asked
    return Results(
        count=len(answers),
        response=rounded(Fraction(len(answers), asked)) if asked else None,
        weighting=weighting,
        satisfaction=satisfaction,
        questions=found,
    )


def _stratum(answers: Answers, by: Question | None) -> int:
    chosen = answers.get(str(by.number)) if by else ALL
    assert isinstance(chosen, int), "the question of the strata is required"
    return chosen


def _result(
    question: Question, answers: Sequence[Answers], strata: Sequence[int], adding: "_Adding"
) -> QuestionResult:
    key = str(question.number)
    given = [(h, each[key]) for h, each in zip(strata, answers, strict=True) if key in each]
    match question.kind:
        case QuestionKind.TEXT:
            rows: Iterator[Row] = iter([Row(stratum=ALL, count=len(given))])
        case QuestionKind.NUMBER:
            numbers = Counter((h, Fraction(str(value))) for h, value in given)
            rows = adding.numbers(numbers)
        case QuestionKind.MULTIPLE:
            chosen = Counter((h, o) for h, value in given if isinstance(value, list) for o in value)
            rows = adding.several(question, chosen, answered=Counter(h for h, _ in given))
        case _:
            once = Counter((h, value) for h, value in given if isinstance(value, int))
            rows = adding.choices(question, once)
    return QuestionResult(number=question.number, kind=question.kind, rows=tuple(rows))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Adding:
    """Everything that adding up a question needs."""

    weighting: Weighting
    frame: Frame
    rules: SurveyRules

    def choices(self, question: Question, counts: Counts) -> Iterator[Row]:
        """Of several options one: counts that add up, and on a scale their mean."""
        is_scale = question.kind is QuestionKind.SCALE
        strata, options = self._shown_apart(question), _options(question)
        within = self._within(strata)
        table = table_of([[_sum(counts, within[h], o) for o in options] for h in strata])
        inner = {(row, o) for row in range(1, len(strata) + 1) for o in options}
        shares = {o: self._share_told(strata, o) for o in options}
        means = self._means_told(strata, counts) if is_scale else {}
        hidden = withheld(
            table,
            least=self.rules.least,
            shares=shares,
            means=[*means.values()],
            unpublished=inner if is_scale and len(strata) > 1 else (),
        )
        if is_scale and tells(table, hidden, told(hidden, shares=shares, means=[*means.values()])):
            means = {}
        rows = [ALL, *(strata if len(strata) > 1 else ())]
        for row, stratum in enumerate(rows):
            whose = within[stratum] if row else tuple(self.weighting.counts)
            shown = [None if (row, o) in hidden else table.counts[row, o] for o in options]
            has_mean = stratum in means and (row, TOTAL) not in hidden
            yield Row(
                stratum=stratum,
                count=None if (row, TOTAL) in hidden else table.counts[row, TOTAL],
                counts=tuple(shown),
                shares=tuple(
                    None if n is None else self._share(counts, whose, o, options)
                    for o, n in zip(options, shown, strict=True)
                ),
                mean=self._mean(counts, whose) if has_mean else None,
            )

    def several(self, question: Question, counts: Counts, *, answered: Counted) -> Iterator[Row]:
        """Options that don't exclude each other: each is a table of chosen and not chosen."""
        strata, options = self._shown_apart(question), _options(question)
        within = self._within(strata)
        tables = []
        for option in options:
            yes = [_sum(counts, within[h], option) for h in strata]
            of = [sum(answered[h] for h in within[each]) for each in strata]
            table = table_of([[n, whole - n] for n, whole in zip(yes, of, strict=True)])
            shares = {side: self._share_told(strata, side) for side in (1, 2)}
            tables.append((table, withheld(table, least=self.rules.least, shares=shares)))
        small = {row for _, hidden in tables for row, column in hidden if column == TOTAL}
        for row, stratum in enumerate([ALL, *(strata if len(strata) > 1 else ())]):
            whose = within[stratum] if row else tuple(self.weighting.counts)
            shown = [
                None if (row, 1) in hidden or row in small else table.counts[row, 1]
                for table, hidden in tables
            ]
            yield Row(
                stratum=stratum,
                count=None if row in small else sum(answered[h] for h in whose),
                counts=tuple(shown),
                shares=tuple(
                    None if n is None else self._share_of(counts, answered, whose, o)
                    for o, n in zip(options, shown, strict=True)
                ),
            )

    def numbers(self, counts: Mapping[tuple[int, Fraction], int]) -> Iterator[Row]:
        """The mean of all; of strata only where no single one can be computed from the others."""
        strata = tuple(self.weighting.counts)
        each = {h: sum(n for (of, _), n in counts.items() if of == h) for h in strata}
        shown = sum(each.values()) >= self.rules.least
        yield self._numbers(ALL, counts, strata, shown=shown)
        whole = all(n == 0 or n >= self.rules.least for n in each.values())
        for stratum in strata if len(strata) > 1 else ():
            told_apart = shown and whole and each[stratum] > 0
            yield self._numbers(stratum, counts, (stratum,), shown=told_apart)

    def _numbers(
        self,
        stratum: int,
        counts: Mapping[tuple[int, Fraction], int],
        whose: Sequence[int],
        *,
        shown: bool,
    ) -> Row:
        if not shown:
            return Row(stratum=stratum, count=None)
        groups = [
            (value, self.weighting.weights[h], n) for (h, value), n in counts.items() if h in whose
        ]
        count = sum(n for _, _, n in groups)
        return Row(stratum=stratum, count=count, mean=self._estimated(groups))

    def _shown_apart(self, question: Question) -> tuple[int, ...]:
        """The strata that a question's table tells apart; the strata's own question has one row."""
        strata = tuple(self.weighting.counts)
        return (ALL,) if question.number == self.weighting.by else strata

    def _within(self, strata: Sequence[int]) -> Mapping[int, tuple[int, ...]]:
        """The strata that each row of a table holds."""
        whole = tuple(self.weighting.counts)
        return {h: whole if h == ALL else (h,) for h in strata}

    def _share(
        self, counts: Counts, whose: Sequence[int], option: int, options: Sequence[int]
    ) -> Estimate | None:
        answered = Counter({h: sum(counts[h, o] for o in options) for h in whose})
        return self._share_of(counts, answered, whose, option)

    def _share_of(
        self, counts: Counts, answered: Counted, whose: Sequence[int], option: int
    ) -> Estimate | None:
        if not sum(answered[h] for h in whose):
            return None
        groups: list[Group] = []
        for h in whose:
            weight, yes = self.weighting.weights[h], counts[h, option]
            groups += [(Fraction(1), weight, yes), (Fraction(0), weight, answered[h] - yes)]
        return self._estimated(groups)

    def _mean(self, counts: Counts, whose: Sequence[int]) -> Estimate:
        points = {level: Fraction(each) for level, each in self.rules.points.items()}
        weights = self.weighting.weights
        return self._estimated(
            [(points[o], weights[h], counts[h, o]) for h in whose for o in points]
        )

    def _estimated(self, groups: Sequence[Group]) -> Estimate:
        return estimated(groups, frame=self.frame, rules=self.rules)

    def _share_told(self, strata: Sequence[int], option: int) -> Sum:
        """What the published share of an option tells of the counts in its column."""
        return {(row, option): self._weight(h) for row, h in enumerate(strata, start=1)}

    def _means_told(self, strata: Sequence[int], counts: Counts) -> Mapping[int, Sum]:
        """What the means of all and of each stratum tell; of too few or nearly all alike: none."""
        points = {level: Fraction(each) for level, each in self.rules.points.items()}
        every = tuple(self.weighting.counts)
        found: dict[int, Sum] = {}
        if self._mean_hides(counts, every):
            found[ALL] = {
                (row, level): self._weight(h) * points[level]
                for row, h in enumerate(strata, start=1)
                for level in points
            }
        for row, h in enumerate(strata if len(strata) > 1 else (), start=1):
            if self._mean_hides(counts, (h,)):
                found[h] = {(row, level): points[level] for level in points}
        return found

    def _mean_hides(self, counts: Counts, whose: Sequence[int]) -> bool:
        """Whether a mean may be told: it is of enough, and not all but one gave the same extreme.

        Where so few steps are missing to the best or the worst mean, it tells who missed them.
        """
        least, levels = self.rules.least, sorted(self.rules.points)
        each = [(level, sum(counts[h, level] for h in whose)) for level in levels]
        below = sum((levels[-1] - level) * n for level, n in each)
        above = sum((level - levels[0]) * n for level, n in each)
        few = any(0 < steps < least for steps in (below, above))
        return sum(n for _, n in each) >= least and not few

    def _weight(self, stratum: int) -> Fraction:
        return self.weighting.weights.get(stratum, Fraction(1))


def _sum(counts: Counts, strata: Sequence[int], option: int) -> int:
    return sum(counts[h, option] for h in strata)


def _options(question: Question) -> range:
    count = len(question.options) if question.kind in CHOOSING else LEVELS
    return range(1, count + 1)
