"""A demo of an earlier version gets the rules that its year needs, as any place gets new rules.

Adopted rules change by amendment alone. So the city's government passes one to the model text that
the program brings along now: proposed, open for comments, examined, issued, in force. The demo's
date goes on by the time that comments have. Rules that somebody has amended by hand are left as
they are.
"""

from dataclasses import dataclass
from datetime import timedelta

from gongzhi.city.living.people import BUREAU, People
from gongzhi.core.charter import Refused
from gongzhi.core.terms import Said
from gongzhi.cycle.models import Aim
from gongzhi.parties.actions.amending import (
    issue_amendment,
    propose_amendment,
    review_amendment,
)
from gongzhi.parties.actions.setting_up import move_business_date
from gongzhi.parties.adoption import newest_version
from gongzhi.parties.business_date import business_date
from gongzhi.parties.model_text import changes_to_model_text
from gongzhi.parties.models import CharterVersion
from gongzhi.parties.rights import charter_in_force

LEGAL, GOVERNMENT, AUTHORITY = "YH-002", "YH-001", "云河市人民政府"
OPINION = "只补充范本新增的条款，没有改动受保护的内容，合法。"
LACKING = "施行的规则没有这一年要办的事"
NEEDED = {"4.19", "6.15", "6.16"}  # clauses without which no figure is called for, read, brought in
# Rights without which nothing is evaluated, explained, asked, disclosed or decided.
JUDGING = (
    "choose_evaluation",
    "explain_gap",
    "hold_draw",
    "evaluate_service",
    "ask_question",
    "draft_pack",
    "decide_result",
    "send_feedback",
    "draft_report",
)
# Rights without which nobody is asked, heard or answered.
TAKING_PART = (
    *("start_process", "register_stakeholder", "start_meeting_series"),
    *("ask_market", "start_joint_project", "submit_voice", "open_negotiation"),
)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Lack:
    """What an earlier version's rules lack, and the papers of the amendment that brings it."""

    title: str
    reason: str
    reviewed: str
    issued: str


YEAR = _Lack(
    title="按新的范本补充预算绩效全过程的条款",
    reason="演示的城市要走完一年的预算绩效：目标、资金、监控、填报，需要范本新增的条款和权利。",
    reviewed="云司审〔2026〕1号（演示，虚构）",
    issued="云政发〔2026〕8号（演示，虚构）",
)
EVALUATION = _Lack(
    title="按新的范本补充各方评价的条款",
    reason="一年终了，各方要评价项目、被评价单位要提出异议，需要范本新增的权利。",
    reviewed="云司审〔2026〕2号（演示，虚构）",
    issued="云政发〔2026〕19号（演示，虚构）",
)
PARTICIPATION = _Lack(
    title="按新的范本补充各方参与的条款",
    reason="各方要就项目发言、得到答复、改变目标，需要范本新增的条款和权利。",
    reviewed="云司审〔2026〕3号（演示，虚构）",
    issued="云政发〔2026〕23号（演示，虚构）",
)
OWN_TITLES = (YEAR.title, EVALUATION.title, PARTICIPATION.title)


def catch_up_with_rules() -> None:
    """Amend the rules to the model text, where they know neither of the year nor of evaluation.

    Raises Refused where somebody amended the rules by hand and the year hasn't begun; once it has,
    rules that were amended by hand are left as they are: the year goes on without evaluations.
    """
    charter, base = charter_in_force(), newest_version()
    by_hand = base is None or _is_by_hand(base)
    lacks_year = not Aim.objects.exists() and not charter.clauses.keys() >= NEEDED
    if lacks_year and by_hand:
        raise Refused(clauses=(), verb="announce_aim", reason=Said(LACKING))
    if base is None or by_hand:
        return
    if lacks_year:
        _amend(base, lack=YEAR)
    elif any(not charter.permits.get(verb) for verb in JUDGING):
        _amend(base, lack=EVALUATION)
    elif any(not charter.permits.get(verb) for verb in TAKING_PART):
        _amend(base, lack=PARTICIPATION)


def _is_by_hand(base: CharterVersion) -> bool:
    """Whether the version was made by an amendment that isn't one of these."""
    return base.amendment is not None and base.amendment.title not in OWN_TITLES


def _amend(base: CharterVersion, *, lack: _Lack) -> None:
    """Propose, wait for comments, examine, issue: the city's people do what any place does."""
    people = People.known()
    amendment = propose_amendment(
        by=people.anybody(BUREAU),
        base=base,
        title=lack.title,
        changes=changes_to_model_text(base),
        reason=lack.reason,
    )
    review_amendment(
        by=people.member(LEGAL, "legal"),
        amendment=amendment,
        revision=amendment.revision,
        passes=True,
        opinion=OPINION,
        document_number=lack.reviewed,
    )
    amendment.refresh_from_db()
    assert amendment.comments_until is not None, "it was proposed"
    move_business_date(to=max(amendment.comments_until, business_date()) + DAY)
    issue_amendment(
        by=people.member(GOVERNMENT, "issuer"),
        amendment=amendment,
        authority=AUTHORITY,
        document_number=lack.issued,
        in_force_from=business_date(),
        answer="",
    )
