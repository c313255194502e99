"""X7 目标文字中分项之和≠总额: amounts listed in a text do not add up to its total."""

import re
from collections.abc import Iterator

from gongzhi.core.audit.case import Case, Check, Fault
from gongzhi.core.audit.figures import added, total_of
from gongzhi.core.indicators.amounts import Amount, amounts_in, without_thousands
from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.indicators.reach import plain
from gongzhi.core.terms import Said

OF_WHICH = re.compile(r",?其中:")
END_OF_LIST = re.compile(r"[。;]")
LEAST_TERMS = 2


def find(case: Case) -> Iterator[Fault]:
    """The first “A元，其中：…” of the goal text and of the result text."""
    for text in (case.form.goal_text, case.form.goal_actual_text):
        listed = first_list(text)
        if listed is None:
            continue
        whole, parts = listed
        total = total_of(part.yuan for part in parts)
        slack = max(case.limits.list_tolerance, whole.yuan * case.limits.list_tolerance_share)
        if len(parts) < LEAST_TERMS or abs(total - whole.yuan) <= slack:
            continue
        said = Said(
            "文字中总额 {whole} 元，所列各项合计 {total} 元，两者不符",
            {"whole": whole.yuan, "total": total},
        )
        figures = f"{added(part.yuan for part in parts)} = {plain(total)}"
        yield Fault(where=case.form.where, said=said, arithmetic=f"{figures} ≠ {plain(whole.yuan)}")


def first_list(text: str | None) -> tuple[Amount, list[Amount]] | None:
    """An amount with what it is made of, up to the full stop or semicolon; prices left out."""
    plain_text = without_thousands(canonical(text))
    amounts = list(amounts_in(plain_text))
    for position, whole in enumerate(amounts):
        opening = OF_WHICH.match(plain_text, whole.end)
        if opening is None:
            continue
        stop = END_OF_LIST.search(plain_text, opening.end())
        end = stop.start() if stop else len(plain_text)
        following = amounts[position + 1 :]
        return whole, [part for part in following if part.end <= end and not part.is_price]
    return None


CHECK = Check(code="X7", certain=True, find=find)
