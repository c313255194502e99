"""Which pack a form falls under: by what it prints, by place, by year; always with a reason.

A guess is shown and can be changed; an old form falls under the rules of its own year.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.scoring.pack import Pack
from gongzhi.core.terms import Form, Said, SaidValues
from gongzhi.rules.packs.loading import load_packs

# 51000021R000000019951: region, year, kind, number (inferred from real codes).
PROJECT_CODE = re.compile(r"([0-9]{6})[0-9]{2}[RYT][0-9]{12}")
LONGEST = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A pack, and why this one."""

    pack: Pack
    why: Said


def guess_pack(form: Form) -> Guess:
    """The pack that a form most likely was filled in under."""
    packs = load_packs()
    usual = next(pack for pack in packs.values() if pack.applies.is_default)
    named = Said(usual.title.zh)
    if form.fiscal_year is None:
        in_force = [pack for pack in packs.values() if pack.in_force_until is None]
        otherwise = Said("表中没有年度，也没有地方规则的线索，按{pack}", {"pack": named})
    else:
        year = form.fiscal_year
        in_force = [pack for pack in packs.values() if _in_force(pack, year)]
        text = "没有地方规则的线索，{year} 年适用{pack}"
        if usual not in in_force:
            text = "{year} 年没有收录当年的规则，暂按{pack}"
        otherwise = Said(text, {"year": year, "pack": named})
    for sign in (_by_print, _by_heading, _by_place):
        for pack in in_force:
            if pack.applies.is_default or _contradicts(form, pack):
                continue
            why = sign(form, pack)
            if why is not None:
                return Guess(pack=pack, why=why)
    return Guess(pack=usual, why=otherwise)


def _in_force(pack: Pack, year: int) -> bool:
    return 1 <= year <= 9999 and pack.is_in_force_for(year)


def _prints_weights(form: Form) -> bool:
    return any(indicator.weight is not None for indicator in form.indicators)


def _contradicts(form: Form, pack: Pack) -> bool:
    """What the form prints outranks the place where it was printed."""
    applies = pack.applies
    has_weights = _prints_weights(form) if form.indicators else None
    printed = form.execution_weight
    return _differ(has_weights, applies.prints_weights) or _differ(
        printed, applies.execution_weight
    )


def _differ(printed: Decimal | bool | None, wanted: Decimal | bool | None) -> bool:
    return None not in (printed, wanted) and printed != wanted


def _by_print(form: Form, pack: Pack) -> Said | None:
    applies = pack.applies
    if applies.execution_weight is None or not form.form_type.is_self_evaluation:
        return None
    if form.execution_weight != applies.execution_weight or not form.indicators:
        return None
    others = (other for other in load_packs().values() if other is not pack)
    if any(_by_place(form, other) is not None for other in others):
        return None
    values: SaidValues = {"weight": applies.execution_weight, "pack": Said(pack.title.zh)}
    return Said("预算执行率 {weight} 分、没有分值列，是{pack}", values)


def _by_heading(form: Form, pack: Pack) -> Said | None:
    heading = pack.heading(pack.applies.heading)
    if heading is None or not any(heading.is_called(row.level1) for row in form.indicators):
        return None
    values: SaidValues = {"heading": heading.name, "pack": Said(pack.title.zh)}
    return Said("一级指标中有“{heading}”，是{pack}", values)


def _by_place(form: Form, pack: Pack) -> Said | None:
    texts = [
        canonical((text or "")[:LONGEST]) for text in (form.department, form.unit, form.project)
    ]
    said = Said(pack.title.zh)
    for place in pack.applies.places:
        if any(place in text for text in texts):
            return Said("单位或项目名称中有“{place}”，适用{pack}", {"place": place, "pack": said})
    code = PROJECT_CODE.match(texts[-1])
    for region in pack.applies.region_codes:
        if code is not None and code[1].startswith(region):
            return Said(
                "项目代码以区划 {region} 开头，适用{pack}", {"region": region, "pack": said}
            )
    return None
