"""A form as it may be published: the same figures, personal data masked."""

from dataclasses import replace

from gongzhi.core.privacy.masking import redacted
from gongzhi.core.terms import Form, Indicator


def redacted_form(form: Form) -> Form:
    """The form with every personal name and number in its texts masked."""
    return replace(
        form,
        project=_masked(form.project),
        department=_masked(form.department),
        unit=_masked(form.unit),
        goal_text=_masked(form.goal_text),
        goal_actual_text=_masked(form.goal_actual_text),
        indicators=tuple(_masked_row(row) for row in form.indicators),
        long_term_indicators=tuple(_masked_row(row) for row in form.long_term_indicators),
    )


def _masked_row(row: Indicator) -> Indicator:
    return replace(
        row,
        level3=_masked(row.level3),
        target_text=_masked(row.target_text),
        actual_text=_masked(row.actual_text),
        reason=_masked(row.reason),
    )


def _masked(text: str | None) -> str | None:
    return text and redacted(text)
