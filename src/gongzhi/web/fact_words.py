"""The words for what entries of the log say: every fact by its key, in a reader's language.

One line for each key that any deed writes, public or promised; a house test looks for those that
have none. Where one key means different things, the verb tells (`BY_VERB`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from gongzhi.core.terms import Said
from gongzhi.papers.layouts import TITLES


class As(StrEnum):
    """How a value is read: what it is made of."""

    TEXT = "text"  # words or numbers, as they are
    CODE = "code"  # a digest, a key, an identifier: for machines
    DAY_OR_MOMENT = "day or moment"
    YES_NO = "yes or no"
    CLAUSE = "clause"
    ROLES = "roles"
    LABEL = "label"
    CHOICE = "choice"  # one of a few words (CHOICES)
    STAGE = "stage"
    COUNTS = "counts"  # how many of each, by a choice
    ENTRIES = "entries"  # numbers of entries
    PART = "part"  # a chapter of the charter
    NAMED = "named"  # a thing with its kind: project:…
    THING = "thing"  # a thing's identifier; its kind stands beside


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What a key is called, how its value is read, and the kind of thing that it names."""

    name: Said
    read: As = As.TEXT
    kind: str = ""


def _text(name: str) -> Fact:
    return Fact(name=Said(name))


def _read(name: str, read: As) -> Fact:
    return Fact(name=Said(name), read=read)


def _thing(name: str, kind: str) -> Fact:
    return Fact(name=Said(name), read=As.THING, kind=kind)


FACTS: Mapping[str, Fact] = {
    "about": _read("关于", As.NAMED),
    "account": _read("账号的记号", As.CODE),
    "admission": _thing("接纳申请", "admission"),
    "against": _thing("没有采用的读数", "reading"),
    "aim": _text("所依据的部署"),
    "amendment": _thing("规则修改", "amendment"),
    "amount": _text("金额"),
    "answer": _read("答复的摘要", As.CODE),
    "aspects": _read("各方面意见的摘要", As.CODE),
    "attachment": _thing("附件", "attachment"),
    "authority": _text("决定机关"),
    "base": _text("所改的规则版本"),
    "before": _read("早于", As.DAY_OR_MOMENT),
    "begins": _read("新日志由此开始", As.YES_NO),
    "by_clause": _read("依据的条款", As.CLAUSE),
    "by_office": _thing("查阅的岗位", "office"),
    "by_party": _text("查阅的一方"),
    "by_person": _read("查阅的人", As.CODE),
    "chapter": _read("哪一章", As.CHOICE),
    "changes": _read("改动的摘要", As.CODE),
    "choice": _read("选择", As.CHOICE),
    "closed": _read("结束的事项", As.NAMED),
    "code": _text("代码"),
    "conclusion": _read("结论", As.CHOICE),
    "collection": _thing("填报任务", "collection"),
    "corrects": _thing("被更正的读数", "reading"),
    "count": _text("数量"),
    "decision": _read("决定", As.CHOICE),
    "deed": _read("办理的编号", As.CODE),
    "currency": _text("币种"),
    "delivery": _thing("导入", "delivery"),
    "digest": _read("内容的摘要", As.CODE),
    "document_number": _text("文号"),
    "deeds": _read("涉及的办理，当时还没有编号", As.CODE),
    "does": _text("承担什么"),
    "draw": _thing("抽签", "draw"),
    "drawn": _text("抽中的"),
    "due_on": _read("办理期限", As.DAY_OR_MOMENT),
    "entries": _read("涉及的存证", As.ENTRIES),
    "facts": _read("各类事实的数量", As.COUNTS),
    "file": _read("文件的摘要", As.CODE),
    "fingerprint": _read("行的指纹", As.CODE),
    "explained": _read("与事实不一致处的理由的摘要", As.CODE),
    "fiscal_year": _text("年度"),
    "form": _read("表的摘要", As.CODE),
    "form_type": _read("表的种类", As.CHOICE),
    "former": _read("被接替的日志的公钥", As.CODE),
    "from": _read("起始日期", As.DAY_OR_MOMENT),
    "gap": _read("缺口的摘要", As.CODE),
    "goals": _read("绩效目标的摘要", As.CODE),
    "indicator": _text("第几个指标（从 0 数起）"),
    "invitation": _thing("邀请", "invitation"),
    "key": _read("公钥", As.CODE),
    "kind": _read("类别", As.CHOICE),
    "label": _read("公开范围", As.LABEL),
    "late": _read("逾期", As.YES_NO),
    "level": _read("预警级别", As.CHOICE),
    "levels": _read("各级预警的数量", As.COUNTS),
    "line": _text("哪一行"),
    "mapping": _thing("列对应", "saved_mapping"),
    "month": _text("月份"),
    "name": _text("名称"),
    "number": _text("编号"),
    "office": _thing("岗位", "office"),
    "on_time": _read("按时", As.YES_NO),
    "opened_at": _read("查阅的时间", As.DAY_OR_MOMENT),
    "opened_on": _read("预警的日期", As.DAY_OR_MOMENT),
    "opening": _read("查阅记录", As.CODE),
    "operator": _text("由谁运行"),
    "opinion": _read("意见的摘要", As.CODE),
    "organisation": _thing("单位", "organisation"),
    "outcome": _text("办理结果"),
    "pack": _text("规则包"),
    "part": _read("规则的章", As.PART),
    "passes": _read("审核通过", As.YES_NO),
    "person": _thing("人员", "person"),
    "policy": _read("见证方和门槛", As.CODE),
    "profile": _read("项目情况的摘要", As.CODE),
    "process": _thing("参与过程", "process"),
    "project": _thing("项目", "project"),
    "pool": _read("参加抽签名单的摘要", As.CODE),
    "projects": _text("项目数"),
    "proposal": _thing("结果应用建议", "result_proposal"),
    "read": _read("读数的摘要", As.CODE),
    "reading": _thing("指标读数", "reading"),
    "readings": _text("读数的条数"),
    "reason": _text("理由"),
    "reason_code": _read("接替的原因", As.CHOICE),
    "record": _read("表的摘要", As.CODE),
    "remark": _thing("意见建议", "remark"),
    "records": _read("表的摘要", As.CODE),
    "region": _thing("区划", "region"),
    "report": _thing("评价报告", "report"),
    "replaces": _thing("被更正的表", "form_version"),
    "request": _thing("删除个人信息的请求", "erasure"),
    "result": _read("结果的摘要", As.CODE),
    "review": _text("公开审查意见"),
    "said": _read("正文的摘要", As.CODE),
    "revision": _text("第几稿"),
    "rights": _read("权利的摘要", As.CODE),
    "roles": _read("职责", As.ROLES),
    "root": _read("树根", As.CODE),
    "seed": _read("抽签的种子", As.CODE),
    "signals": _text("信号"),
    "size": _text("存证条数"),
    "source": _read("原文件的摘要", As.CODE),
    "stage": _read("办到哪一步", As.STAGE),
    "successor": _read("接替的日志的公钥", As.CODE),
    "stakeholder": _thing("相关方", "stakeholder"),
    "submission": _thing("填报", "submission"),
    "template": _text("参与过程的种类"),
    "task": _thing("任务", "task"),
    "text": _text("内容"),
    "threshold": _text("须有几个签名"),
    "to": _thing("交给", "organisation"),
    "total": _text("金额合计"),
    "until": _read("截止", As.DAY_OR_MOMENT),
    "version": _thing("自评表", "form_version"),
    "versions": _thing("绩效目标", "goal_version"),
    "what": _text("要做的事"),
    "witness": _text("见证方"),
    "content": _read("公开内容的摘要", As.CODE),
    "counts": _read("各类的件数", As.COUNTS),
    "ground": _read("不公开的依据", As.CHOICE),
    "occasion": _read("哪一次公开", As.CHOICE),
    "passage": _text("遮蔽的文字"),
    "piece": _thing("公开的内容", "pack_piece"),
    "pieces": _text("件数"),
    "declared": _read("声明的摘要", As.CODE),
    "evaluated": _thing("被评价的单位", "organisation"),
    "evaluation": _thing("评价", "evaluation"),
    "inquiry": _thing("人大询问和审议意见", "inquiry"),
    "point": _text("第几条"),
    "satisfaction": _read("评价", As.CHOICE),
    "objection": _read("异议", As.CODE),
    "paper": _thing("工作底稿", "working_paper"),
    "score": _text("得分"),
    "rectifications": _thing("要求整改的问题", "rectification"),
    "report_due_on": _read("整改报告的期限", As.DAY_OR_MOMENT),
    "words": _read("说明的摘要", As.CODE),
    "evidence": _read("佐证", As.CODE),
    "acts": _read("预算调整的记载", As.CODE),
    "by_decision": _read("依据的结果应用决定", As.CODE),
    "grant": _read("转移支付的记载", As.CODE),
    "shown": _text("佐证的内容"),
    "year": _text("年度"),
    "years": _text("涉及的年度"),
}
BY_VERB: Mapping[tuple[str, str], Fact] = {
    ("add_reading", "indicator"): _text("指标编码"),
    ("answer_citizens", "answer"): _read("答复的编号", As.CODE),
    ("choose_evaluation", "kind"): _text("评价类别"),
    ("choose_evaluation", "organisation"): _thing("评价的一方", "organisation"),
    ("announce_draw", "kind"): _text("评价类别"),
    ("announce_draw", "organisation"): _thing("评价的一方", "organisation"),
    ("start_evaluation", "kind"): _text("评价类别"),
    ("register_stakeholder", "organisation"): _thing("哪一方", "organisation"),
    ("ask_question", "organisation"): _thing("由谁答复", "organisation"),
    ("send_opinion", "organisation"): _thing("由谁答复", "organisation"),
    ("ask_question", "count"): _text("条数"),
    ("send_opinion", "count"): _text("条数"),
    ("start_evaluation", "organisation"): _thing("评价的一方", "organisation"),
    ("draft_sheet", "number"): _text("评分表的版本"),
    ("draft_sheet", "record"): _read("评分表的摘要", As.CODE),
    ("draft_report", "number"): _text("报告的版本"),
    ("write_report", "number"): _text("报告的版本"),
    ("sign_report", "number"): _text("报告的版本"),
    ("sign_report", "record"): _read("报告的摘要", As.CODE),
    ("hand_in_evaluation", "number"): _text("评分表的版本"),
    ("hand_in_evaluation", "record"): _read("评分表的摘要", As.CODE),
    ("answer_objection", "outcome"): _read("异议的处理", As.CHOICE),
    ("answer_objection", "number"): _text("评分表的版本"),
    ("answer_objection", "record"): _read("评分表的摘要", As.CODE),
    ("conclude_evaluation", "number"): _text("评分表的版本"),
    ("propose_results", "content"): _read("建议的内容的摘要", As.CODE),
    ("decide_result", "content"): _read("建议的内容的摘要", As.CODE),
    ("decide_results", "content"): _read("建议的内容的摘要", As.CODE),
    ("decide_result", "decision"): _read("决定的记载", As.CODE),
    ("decide_results", "decision"): _read("决定的记载", As.CODE),
    ("decide_result", "corrects"): _read("被更正的决定", As.CODE),
    ("account_for_use", "account"): _read("采用情况的说明", As.CODE),
    ("account_for_use", "outcome"): _read("采用的结果", As.CHOICE),
    ("move_business_date", "to"): _read("改到", As.DAY_OR_MOMENT),
    ("draft_pack", "pack"): _thing("公开包", "disclosure_pack"),
    ("draft_whole_form", "form"): _thing("部门整体表", "whole_form"),
    ("draft_goals", "version"): _thing("绩效目标", "goal_version"),
    ("adjust_goals", "version"): _thing("绩效目标", "goal_version"),
    ("approve_goals", "replaces"): _thing("被调整的绩效目标", "goal_version"),
    ("adopt_part", "version"): _text("规则的版本"),
    ("suspend_part", "version"): _text("规则的版本"),
    ("explain_finding", "code"): _text("问题的代码"),
    ("accept_finding", "code"): _text("问题的代码"),
    ("set_quorum", "number"): _text("信任策略的编号"),
    ("admit_witness", "number"): _text("信任策略的编号"),
    ("move_witness", "number"): _text("信任策略的编号"),
    ("retire_witness", "number"): _text("信任策略的编号"),
}
CHOICES: Mapping[str, Said] = {
    "satisfied": Said("满意"),
    "mostly": Said("基本满意"),
    "unsatisfied": Said("不满意"),
    "basics": Said("一、基本情况"),
    "work": Said("二、评价工作开展情况"),
    "conclusion": Said("三、综合评价情况及评价结论"),
    "analysis": Said("四、绩效评价指标分析"),
    "problems": Said("五、主要经验及做法、存在的问题及原因分析"),
    "advice": Said("六、有关建议"),
    "annex": Said("附件：异议和答复、工作底稿"),
    "upheld": Said("采纳"),
    "partly": Said("部分采纳"),
    "adopted": Said("采用"),
    "not": Said("没有采用"),
    "dismissed": Said("不采纳"),
    "accounts": Said("随部门决算公开"),
    "privacy": Said("个人隐私"),
    "business": Said("商业秘密"),
    "law": Said("依法不予公开"),
    "cleared": Said("可以公开"),
    "referred": Said("已报请确定"),
    "kept_back": Said("不予公开"),
    "released": Said("已公开"),
    "renewed": Said("更换"),
    "stolen": Said("被盗"),
    "lost": Said("丢失"),
    "government": Said("政府部门和单位"),
    "congress": Said("人大机关"),
    "general": Said("一般性转移支付"),
    "special": Said("专项转移支付"),
    "file": Said("文件"),
    "photo": Said("照片"),
    "survey": Said("问卷调查"),
    "figure": Said("公布的数据"),
    "audit": Said("审计机关"),
    "social": Said("社会组织"),
    "enterprise": Said("企业"),
    "evaluator": Said("第三方评价机构"),
    "citizen": Said("公民"),
    "payment": Said("支付"),
    "budget": Said("预算"),
    "project": Said("项目"),
    "contract": Said("合同"),
    "target": Said("绩效目标"),
    "plan": Said("计划"),
    "reading": Said("指标读数"),
    "supported": Said("支持"),
    "adjusted": Said("调整后支持"),
    "rejected": Said("不予支持"),
    "report": Said("政府工作报告"),
    "livelihood": Said("民生实事"),
    "department": Said("部门职责"),
    "amendment": Said("预算调整"),
    "transfer": Said("预算调剂"),
    "red": Said("红色"),
    "yellow": Said("黄色"),
    "blue": Said("蓝色"),
    "": Said("没有信号"),
    "continue": Said("继续执行"),
    "reallocate": Said("调剂"),
    "cancel": Said("取消"),
    "suspend": Said("暂停拨付"),
    "pay": Said("不暂停"),
    **{str(form_type): Said(title) for form_type, title in TITLES.items()},
}


def fact_of(key: str, *, verb: str = "") -> Fact:
    """The words of a key as a verb uses it; what no deed of this program writes is shown as it is.

    Entries outlast programs: one of another version may say what this one has no words for.
    """
    return BY_VERB.get((verb, key)) or FACTS.get(key) or Fact(name=Said(key), read=As.CODE)
