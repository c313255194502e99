"""The words for what entries of the log say of costs, the market and joint projects."""

from collections.abc import Mapping

from gongzhi.core.terms import Said
from gongzhi.web.fact import As, Fact, read_as, text, thing

MARKET_FACTS: Mapping[str, Fact] = {
    "question": thing("市场询价", "market_question"),
    "low": text("区间的下端"),
    "high": text("区间的上端"),
    "offer": text("报价（保密）"),
    "joint": thing("联合项目", "joint_project"),
    "quantity": text("多少"),
    "worth": text("折合金额"),
    "side": read_as("哪一方的数字", As.CHOICE),
    "raised": read_as("向社会公开募集", As.YES_NO),
    "hours": text("工时"),
    "differing": text("不一致的处数"),
}
MARKET_BY_VERB: Mapping[tuple[str, str], Fact] = {
    ("answer_disclosure_consent", "figure"): text("公开的单价"),
    ("publish_market_range", "outcome"): read_as("统计的结果", As.CHOICE),
    ("publish_market_range", "number"): text("第几次区间"),
    ("publish_market_range", "count"): text("独立企业数"),
    ("rest_on_market", "number"): text("第几次区间"),
    ("rest_on_market", "count"): text("独立企业数"),
    ("rest_on_market", "name"): text("哪一个数字"),
    ("submit_cost_quote", "number"): text("第几次报价"),
    ("revise_cost_quote", "number"): text("第几次报价"),
    ("give_market_opinion", "opinion"): read_as("意见的编号", As.CODE),
    ("give_outlook", "opinion"): read_as("意见的编号", As.CODE),
    ("log_volunteers", "count"): text("志愿者人数"),
    ("log_volunteers", "from"): read_as("哪一天", As.DAY_OR_MOMENT),
}
MARKET_CHOICES: Mapping[str, Said] = {
    "told": Said("已公布区间"),
    "too_few": Said("独立企业太少，不公布区间"),
    "no_new": Said("新报价的企业太少，区间不重算"),
    "realistic": Said("合理"),
    "low": Said("偏低"),
    "high": Said("偏高"),
    "refuse": Said("不同意"),
    "giver": Said("给出的一方"),
    "receiver": Said("收到的一方"),
}
