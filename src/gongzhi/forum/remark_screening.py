"""Looking at what somebody wrote before anything of it is kept: why it can't be taken in."""

from gongzhi.core.participating.triage import has_identity, is_accusation
from gongzhi.core.terms import Said
from gongzhi.intake.secrecy import mark_in
from gongzhi.parties.business_date import business_date
from gongzhi.rules.participation.remarks import remark_limits, triage_rules

DISCIPLINE = "discipline"
NOTHING = Said("请写几句说明")
TOO_LONG = Said("一次最多写 {most} 字，请分几次写")
SECRET = Said(
    "文字带有“{mark}”标志，没有接收，也没有保存任何内容；请报告本单位保密工作机构，按保密规定处理"
)
IDENTITY = Said("请去掉身份证号码再送出；这里用不着它，没有保存任何内容")
ACCUSATION = Said(
    "这像是检举、控告某个人，这里不接收，也没有保存任何内容；请拨打 {telephone} 或者用纪检监察"
    "机关的网站举报。只谈办法和结果、不指向某个人的，请改写后再送出"
)


def why_not_taken(text: str) -> Said | None:
    """Why a text isn't taken in, and where to go with it; None where it is."""
    today = business_date()
    most = remark_limits(on=today).text_max
    if not text.strip():
        return NOTHING
    if len(text) > most:
        return Said(TOO_LONG.text, {"most": most})
    mark = next(filter(None, map(mark_in, text.splitlines())), None)
    if mark is not None:
        return Said(SECRET.text, {"mark": mark})
    if has_identity(text):
        return IDENTITY
    rules = triage_rules(on=today)
    if is_accusation(text, rules=rules):
        channel = rules.channels[DISCIPLINE]
        return Said(ACCUSATION.text, {"telephone": channel.telephone})
    return None
