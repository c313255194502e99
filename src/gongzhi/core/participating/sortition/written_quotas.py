"""Quotas as people write them: a line each, “区 城东 5–8” or “区 城东 5 8”."""

import re
import unicodedata
from collections.abc import Iterable

from gongzhi.core.participating.sortition.asking import Quota
from gongzhi.core.terms import Said

LINE = re.compile(r"([^\s,、;:]+)[\s,、;:]+([^\s,、;:]+)[\s,、;:]+(\d{1,4})[\s,、;:~–—-]+(\d{1,4})")
NO_QUOTA = Said("第 {line} 行看不懂：请写“特征 取值 最少 最多”，如“区 城东 5 8”")


def quotas_in(text: str) -> tuple[Quota, ...] | Said:
    """The quotas that a text holds, or what is wrong with which line."""
    quotas = []
    for number, line in enumerate(text.splitlines(), start=1):
        written = unicodedata.normalize("NFKC", line).replace("，", ",").strip()
        if not written:
            continue
        found = LINE.fullmatch(written)
        if found is None:
            return Said(NO_QUOTA.text, {"line": number})
        feature, value, least, most = found.groups()
        quotas.append(Quota(feature=feature, value=value, least=int(least), most=int(most)))
    return tuple(quotas)


def as_written(quotas: Iterable[Quota]) -> str:
    """Quotas as somebody would write them."""
    return "\n".join(f"{q.feature} {q.value} {q.least} {q.most}" for q in quotas)
