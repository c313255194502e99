"""A re-check beside the self-evaluation that it checks: both totals, and how far apart."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from gongzhi.core.charter import Member
from gongzhi.core.scoring.scorecard import score_form
from gongzhi.cycle.models import Evaluation, FormVersion, ScoreSheet
from gongzhi.papers.record import form_from_record
from gongzhi.rules.packs import PACKS, load_packs


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A re-check, what the unit gave itself, what the re-check gave, and the difference."""

    row: Evaluation
    own: Decimal | None
    checked: Decimal | None

    @property
    def apart(self) -> Decimal | None:
        """How many points the re-check gives more, or fewer."""
        if self.own is None or self.checked is None:
            return None
        return self.checked - self.own


def compared(member: Member, rows: Iterable[Evaluation]) -> list[Compared]:
    """Re-checks of projects with both totals, as far as the reader may see them."""
    chosen = [row for row in rows if row.project_id is not None]
    sheets = ScoreSheet.objects.visible_to(member).filter(evaluation__in=chosen)
    newest = sheets.order_by("evaluation_id", "-number").distinct("evaluation_id")
    totals = dict(newest.values_list("evaluation_id", "total"))
    own = _own_totals(member, chosen)
    return [
        Compared(
            row=row,
            own=own.get((str(row.project_id), row.fiscal_year)),
            checked=totals.get(row.pk) if row.is_open else None,
        )
        for row in chosen
    ]


def _own_totals(member: Member, rows: list[Evaluation]) -> dict[tuple[str, int], Decimal | None]:
    forms = FormVersion.objects.visible_to(member).current().self_evaluations()
    mine = forms.filter(
        project__in=[row.project_id for row in rows],
        fiscal_year__in={row.fiscal_year for row in rows},
    )
    return {
        (str(form.project_id), form.fiscal_year): score_form(
            form_from_record(form.record), pack=load_packs()[form.pack]
        ).total.points
        for form in mine.order_by("number")
        if form.pack in PACKS
    }
