"""H-NAME 疑有个人信息: personal data in what is to be published, with a redacted wording.

The finding itself shows only the mask.
"""

from collections.abc import Iterator

from gongzhi.core.audit.case import Case, Check, Fault
from gongzhi.core.privacy import personal_in
from gongzhi.core.terms import Said, SaidValues, Where


def find(case: Case) -> Iterator[Fault]:
    """Every text of the form that would be published."""
    for text, where in _texts(case):
        for personal in personal_in(text):
            values: SaidValues = {"kind": Said(personal.kind.value), "mask": personal.mask}
            said = Said("疑有{kind}，公布前应遮盖为“{mask}”", values)
            yield Fault(where=where, said=said)


def _texts(case: Case) -> Iterator[tuple[str | None, Where]]:
    form = case.form
    whole = (form.project, form.department, form.unit, form.goal_text, form.goal_actual_text)
    for text in whole:
        yield text, form.where
    for row in case.rows:
        indicator = row.indicator
        for text in (
            indicator.level3,
            indicator.target_text,
            indicator.actual_text,
            indicator.reason,
        ):
            yield text, row.where


CHECK = Check(code="H-NAME", certain=False, find=find)
