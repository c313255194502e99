"""The words for what entries of the log say of votes on projects."""

from collections.abc import Mapping

from gongzhi.core.terms import Said
from gongzhi.web.fact import As, Fact, read_as, text, thing

VOTE_FACTS: Mapping[str, Fact] = {
    "vote": thing("议事投票", "vote"),
    "proposed": thing("投票提案", "vote_proposal"),
    "method": read_as("投票办法的摘要", As.CODE),
    "keepers": text("保管票箱钥匙的人数"),
    "box": read_as("票箱的公钥", As.CODE),
    "place": text("第几把钥匙"),
    "enough": read_as("够最低票数", As.YES_NO),
    "selected": read_as("选中的项目编号", As.CODE),
    "checked": read_as("核对了什么", As.CHOICE),
    "passed": read_as("通过", As.YES_NO),
    "added": text("增加的人数"),
    "removed": text("去掉的人数"),
    "keyed": read_as("录入到哪一步", As.CHOICE),
    "receipt": read_as("回执的摘要", As.CODE),
    "chosen": read_as("选的项目编号", As.CODE),
    "points": read_as("给的分数", As.CODE),
}
VOTE_BY_VERB: Mapping[tuple[str, str], Fact] = {
    ("open_vote", "count"): text("列入选票的项目数"),
    ("close_vote", "count"): text("选票的张数"),
    ("close_vote", "file"): read_as("全部选票的文件的摘要", As.CODE),
    ("issue_ballot_papers", "count"): text("纸质选票的张数"),
    ("key_ballot_paper", "paper_number"): text("选票编号"),
    ("change_roll", "number"): text("第几次改动"),
    ("decide_roll_change", "number"): text("第几次改动"),
}
VOTE_CHOICES: Mapping[str, Said] = {
    "cost": Said("费用"),
    "legality": Said("合法性"),
    "keyed": Said("录入一次"),
    "differs": Said("两次不一致"),
    "agreed": Said("已计入"),
}
