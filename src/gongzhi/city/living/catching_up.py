"""A demo of an earlier version gets the rules that its year needs, as any place gets new rules.

Adopted rules change by amendment alone. So the city's government passes one to the model text that
the program brings along now: proposed, open for comments, examined, issued, in force. The demo's
date goes on by the time that comments have. Rules that somebody has amended by hand are left as
they are.
"""

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
from gongzhi.parties.rights import charter_in_force

LEGAL, GOVERNMENT, AUTHORITY = "YH-002", "YH-001", "云河市人民政府"
TITLE = "按新的范本补充预算绩效全过程的条款"
REASON = "演示的城市要走完一年的预算绩效：目标、资金、监控、填报，需要范本新增的条款和权利。"
OPINION = "只补充范本新增的条款，没有改动受保护的内容，合法。"
REVIEWED, ISSUED = "云司审〔2026〕1号（演示，虚构）", "云政发〔2026〕8号（演示，虚构）"
LACKING = "施行的规则没有这一年要办的事"
NEEDED = {"4.19", "6.15", "6.16"}  # clauses without which no figure is called for, read, brought in
DAY = timedelta(days=1)


def catch_up_with_rules() -> None:
    """Amend the rules to the model text, where the year hasn't begun and they don't know of it.

    Raises Refused where somebody amended the rules by hand, and they don't either.
    """
    if Aim.objects.exists() or charter_in_force().clauses.keys() >= NEEDED:
        return
    base = newest_version()
    if base is None or base.amendment_id is not None:
        raise Refused(clauses=(), verb="announce_aim", reason=Said(LACKING))
    changes = changes_to_model_text(base)
    people = People.known()
    amendment = propose_amendment(
        by=people.anybody(BUREAU), base=base, title=TITLE, changes=changes, reason=REASON
    )
    review_amendment(
        by=people.member(LEGAL, "legal"),
        amendment=amendment,
        revision=amendment.revision,
        passes=True,
        opinion=OPINION,
        document_number=REVIEWED,
    )
    amendment.refresh_from_db()
    assert amendment.comments_until is not None, "it was proposed"
    move_business_date(to=max(amendment.comments_until, business_date()) + DAY)
    issue_amendment(
        by=people.member(GOVERNMENT, "issuer"),
        amendment=amendment,
        authority=AUTHORITY,
        document_number=ISSUED,
        in_force_from=business_date(),
        answer="",
    )
