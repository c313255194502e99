"""A checked form as pages show it: corrected sheet, stated and computed total, its rules."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gongzhi.core.audit import CheckedForm
from gongzhi.core.scoring import Pack
from gongzhi.core.terms import Form, Said
from gongzhi.cycle.models import Answer
from gongzhi.papers.figures import points_text
from gongzhi.web.frame import reader_language
from gongzhi.web.sheets import Sheet, sheet_of
from gongzhi.web.shown import Figure, Row
from gongzhi.words import say


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownForm:
    """Everything that a page says about one checked form."""

    form: Form
    sheet: Sheet
    stated: Figure
    computed: Figure
    pack: Pack
    why: Said | None


def shown_form(
    checked: CheckedForm, *, key: str, why: Said | None = None, answers: Sequence[Answer] = ()
) -> ShownForm:
    """The form for a page; `key` begins its ids, `why` says how its rules were found."""
    form = checked.form
    return ShownForm(
        form=form,
        sheet=sheet_of(checked, key=key, answers=answers),
        stated=Figure(
            text=points_text(form.stated_total) or _("没有写"),
            in_words=form.stated_total is None,
            grade=form.stated_grade or "",
        ),
        computed=_computed(checked),
        pack=checked.pack,
        why=why,
    )


def _computed(checked: CheckedForm) -> Figure:
    language = reader_language()
    total = checked.scorecard.total
    rows = [
        Row(name=_("预算执行"), value=say(checked.scorecard.execution.said, language)),
    ]
    if total.arithmetic:
        rows.append(Row(name=_("算式"), value=total.arithmetic))
    rows.append(Row(name=_("等级"), value=say(checked.scorecard.grade_said, language)))
    return Figure(
        text=points_text(total.points) or _("算不出"),
        in_words=total.points is None,
        note=say(total.said, language),
        grade=say(Said(checked.grade), language) if checked.grade else "",
        rows=tuple(rows),
    )
