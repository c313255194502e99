"""A form with what it should have scored and everything that is wrong in it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gongzhi.core.audit.case import Case, Check, Fault, case_of
from gongzhi.core.audit.checks import CHECKS
from gongzhi.core.scoring.pack import Pack
from gongzhi.core.scoring.points import Earned
from gongzhi.core.scoring.scorecard import Scorecard, score_form
from gongzhi.core.terms import Finding, Form, Points, Ratio

CLAUSE = "表格自查规则 {code}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedForm:
    """A form under a pack: its scorecard and its findings."""

    form: Form
    pack: Pack
    scorecard: Scorecard
    findings: tuple[Finding, ...]

    @property
    def row_scores(self) -> tuple[Earned, ...]:
        """Computed points for each indicator, in the form's order."""
        return self.scorecard.rows

    @property
    def execution_rate(self) -> Ratio | None:
        """Executed ÷ budget."""
        rate = self.scorecard.execution_rate
        return None if rate is None else rate.ratio

    @property
    def computed_execution_score(self) -> Points | None:
        """Points that the execution line earns."""
        return self.scorecard.execution.points

    @property
    def computed_total(self) -> Points | None:
        """The sum of all parts; None where a part cannot be told."""
        return self.scorecard.total.points

    @property
    def grade(self) -> str | None:
        """The grade of the computed total."""
        return self.scorecard.grade

    @property
    def is_wrong_for_certain(self) -> bool:
        """Whether the printed figures alone prove a fault."""
        return any(finding.certain for finding in self.findings)


def check_form(form: Form, *, pack: Pack) -> CheckedForm:
    """Score a form under a pack and run every check over it."""
    case = case_of(form, pack=pack)
    return CheckedForm(
        form=form,
        pack=pack,
        scorecard=score_form(form, pack=pack),
        findings=tuple(findings_of(case)),
    )


def findings_of(case: Case, *, checks: Iterable[Check] = CHECKS) -> Iterator[Finding]:
    """What the checks find in a form, check by check."""
    for check in checks:
        clause = CLAUSE.format(code=check.code)
        for fault in check.find(case):
            yield finding_of(fault, code=check.code, certain=check.certain, clause=clause)


def finding_of(fault: Fault, *, code: str, certain: bool, clause: str) -> Finding:
    """A fault as it is told, with the code and the clause of the check that found it."""
    return Finding(
        code=code,
        certain=certain,
        where=fault.where,
        said=fault.said,
        arithmetic=fault.arithmetic,
        clause=clause,
    )
