"""The words for what entries of the log say of compensation and negotiations."""

from collections.abc import Mapping

from gongzhi.web.fact import As, Fact, read_as, text, thing
from gongzhi.web.fact_words_of_votes import VOTE_BY_VERB, VOTE_FACTS

BALANCE_FACTS: Mapping[str, Fact] = {
    **VOTE_FACTS,
    "budget_line": text("预算编号"),
    "compensation": thing("补偿", "compensation"),
    "payer": thing("付款单位", "organisation"),
    "voucher": text("支付凭证编号"),
    "negotiation": thing("利益协商", "negotiation"),
    "settlement": read_as("待签署的方案", As.CODE),
    "resident": read_as("是否居民", As.YES_NO),
    "dissents": read_as("保留意见", As.YES_NO),
    "agrees": read_as("同意与否", As.YES_NO),
}
PLANS = ("add_plan", "withdraw_plan")
FIGURES = ("link_plan_figure", "unlink_plan_figure")
BALANCE_BY_VERB: Mapping[tuple[str, str], Fact] = {
    **VOTE_BY_VERB,
    ("open_negotiation", "count"): text("几个方案"),
    ("open_negotiation", "until"): read_as("名单补充到", As.DAY_OR_MOMENT),
    ("propose_settlement", "count"): text("几笔支付"),
    ("refer_dispute", "name"): text("提交的机关"),
    **{(verb, "name"): text("方案") for verb in PLANS},
    **{(verb, "name"): text("标准") for verb in ("add_criterion", "withdraw_criterion")},
    **{(verb, "code"): text("方案的代码") for verb in (*PLANS, *FIGURES)},
    ("open_round", "number"): text("第几轮"),
    ("answer_round", "number"): text("第几轮"),
    ("promise_compensation", "count"): text("分几期支付"),
    ("promise_compensation", "due_on"): read_as("最后一期到期", As.DAY_OR_MOMENT),
    ("record_compensation_payment", "number"): text("第几期"),
    ("explain_late_compensation", "number"): text("第几期"),
    ("explain_late_compensation", "due_on"): read_as("什么时候支付", As.DAY_OR_MOMENT),
    ("answer_compensation_objection", "outcome"): read_as("异议是否成立", As.CHOICE),
}
