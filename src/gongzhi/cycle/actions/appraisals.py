"""Appraisal before a new project asks for money 事前绩效评估: five aspects and a conclusion."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from gongzhi.core.charter import Member
from gongzhi.core.sealed import canonical, digest
from gongzhi.core.terms import FiscalYear, Said
from gongzhi.cycle.models import Appraisal, Project
from gongzhi.parties.deeds import act
from gongzhi.parties.unsuitable import Unsuitable

FOUND_MAX = 2000


class AppraisalAspect(StrEnum):
    """What is looked at before money is asked for."""

    NECESSITY = "necessity"  # 立项必要性
    ECONOMY = "economy"  # 投入经济性
    SOUNDNESS = "soundness"  # 绩效目标合理性
    FEASIBILITY = "feasibility"  # 实施方案可行性
    FUNDING = "funding"  # 筹资合规性


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was found about an aspect: whether it holds, why, and on which evidence."""

    holds: bool
    said: str
    evidence: str = ""


def appraise_project(
    *,
    by: Member,
    project: Project,
    fiscal_year: FiscalYear,
    aspects: Mapping[AppraisalAspect, Found],
    conclusion: str,
    heard: str = "",
    conditions: str = "",
    key: str | None = None,
) -> Appraisal:
    """Conclude on the five aspects; raises Unsuitable where one isn't told, or they disagree.

    heard tells how the people whom it touches were heard, conditions what a support depends on.
    """
    with act(by, "appraise_project", on=project, key=key) as record:
        faults = dict(_faults(aspects, conclusion=conclusion, conditions=conditions))
        if faults:
            raise Unsuitable(faults)
        assert by.office is not None, "whoever appraises stands in an office"
        appraisal = Appraisal.objects.create(
            project=project,
            fiscal_year=fiscal_year,
            aspects=_as_record(aspects),
            heard=heard.strip(),
            conditions=conditions.strip(),
            conclusion=conclusion,
            office_id=by.office,
            appraised_on=record.business_date,
        )
        record["conclusion"] = conclusion
        record["fiscal_year"] = fiscal_year
        record.private("aspects", digest(canonical(appraisal.aspects)))
    return appraisal


def _faults(
    aspects: Mapping[AppraisalAspect, Found], *, conclusion: str, conditions: str
) -> Mapping[str, Said]:
    faults: dict[str, Said] = {}
    for aspect in AppraisalAspect:
        found = aspects.get(aspect)
        if found is None or not found.said.strip() or len(found.said) > FOUND_MAX:
            faults[aspect] = Said("请写明评估的理由，最多 {most} 字", {"most": FOUND_MAX})
    if conclusion not in Appraisal.Conclusion.values:
        faults["conclusion"] = Said("请选择评估结论")
    if conclusion == Appraisal.Conclusion.ADJUSTED and not conditions.strip():
        faults["conditions"] = Said("调整后支持的，请写明要怎样调整")
    failing = [each for each in aspects.values() if not each.holds]
    if failing and conclusion == Appraisal.Conclusion.SUPPORTED:
        faults["conclusion"] = Said("有一项不成立，不能得出“支持”的结论")
    return faults


def _as_record(aspects: Mapping[AppraisalAspect, Found]) -> dict[str, dict[str, bool | str]]:
    return {
        str(aspect): {
            "holds": aspects[aspect].holds,
            "said": aspects[aspect].said.strip(),
            "evidence": aspects[aspect].evidence.strip(),
        }
        for aspect in AppraisalAspect
    }
