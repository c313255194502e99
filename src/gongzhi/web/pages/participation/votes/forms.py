"""The forms of the deeds of votes, with what their fields are called."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_lazy as lazily

from gongzhi.core.balance.voting.explaining import COMPLETIONS_SAID, RULES_SAID, STOPS_SAID
from gongzhi.core.participating.voting import BallotKind
from gongzhi.core.participating.voting.ballots import LISTED_MAX
from gongzhi.forum.actions.votes import POINTS_MAX
from gongzhi.forum.actions.voting_rolls import LINES_MAX, PAPERS_MAX
from gongzhi.forum.models import ProposalCheck, Vote
from gongzhi.web.filled import REASON_MAX, KeyForm

TITLE_MAX, NAME_MAX, LONG_MAX, TEXT_MAX, CODE_MAX = 200, 100, 1000, 2000, 40
PHRASE_MAX, RECEIPT_MAX, ADDRESS_MAX, TOKEN_MAX, NUMBER_MAX = 60, 60, 254, 100, 20
ROLL_CHARACTERS = LINES_MAX * 60
BALLOTS = {
    BallotKind.APPROVAL: _("赞成：勾选想要的项目"),
    BallotKind.POINTS: _("打分：把一定的分数分给想要的项目"),
    BallotKind.RANKING: _("排序：按想要的程度排名次"),
}
RULES = {rule: lazily(said.text) for rule, said in RULES_SAID.items()}
COMPLETIONS = {each: lazily(said.text) for each, said in COMPLETIONS_SAID.items()}
STOPS = {stop: lazily(said.text) for stop, said in STOPS_SAID.items()}


def _chosen(names: Any, *, label: Any, required: bool = True) -> forms.ChoiceField:
    choices = [(str(code), name) for code, name in names.items()]
    return forms.ChoiceField(choices=choices, label=label, required=required)


def _yuan(label: Any, *, required: bool = True) -> forms.DecimalField:
    return forms.DecimalField(
        max_digits=17, decimal_places=2, min_value=0, label=label, required=required
    )


class StartForm(KeyForm):
    """How a vote is held."""

    title = forms.CharField(max_length=TITLE_MAX, label=_("投票的名称"))
    scope = forms.CharField(max_length=LONG_MAX, label=_("范围：可以提哪些项目、哪些不行"))
    use = forms.ChoiceField(choices=Vote.Use.choices, label=_("结果怎样用"))
    pool = forms.CharField(max_length=TITLE_MAX, label=_("用哪笔钱：额度的名称和批准文件"))
    budget_yuan = _yuan(_("额度（元）"))
    project = forms.UUIDField(required=False, label=_("额度所属的项目"))
    process = forms.UUIDField(required=False, label=_("所属的参与过程"))
    electorate = forms.CharField(max_length=LONG_MAX, label=_("谁可以投票，名册从哪里来"))
    least = forms.IntegerField(min_value=1, max_value=10_000_000, label=_("最少多少票才公布结果"))
    proposals_until = forms.DateField(label=_("提案截止"))
    opens_on = forms.DateField(label=_("投票从哪天开始"))
    closes_on = forms.DateField(label=_("投票到哪天结束"))
    ballot = _chosen(BALLOTS, label=_("选票"))
    projects_most = forms.IntegerField(
        min_value=1, max_value=LISTED_MAX, label=_("每人最多选几个项目")
    )
    points = forms.IntegerField(
        min_value=1, max_value=POINTS_MAX, required=False, label=_("打分的，每人多少分")
    )
    within_budget = forms.BooleanField(
        required=False, label=_("每张选票选的项目加起来不能超过额度")
    )
    rule = _chosen(RULES, label=_("计票规则"))
    completion = _chosen(COMPLETIONS, label=_("等额分担法的余额"), required=False)
    stop = _chosen(STOPS, label=_("份额加到什么时候"), required=False)


class ProposingForm(KeyForm):
    """What is proposed."""

    title = forms.CharField(max_length=NAME_MAX, label=_("想办什么，一句话"))
    text = forms.CharField(max_length=TEXT_MAX, label=_("在哪里、办什么、谁受益"))
    cost_yuan = _yuan(_("大约多少元"))
    voice = forms.UUIDField(required=False, label=_("从我的哪条意见来"))


class CheckForm(KeyForm):
    """What an office found."""

    kind = forms.ChoiceField(choices=ProposalCheck.Kind.choices, label=_("核对什么"))
    passed = forms.ChoiceField(
        choices=[("yes", _("可以列入选票")), ("no", _("不能列入选票"))], label=_("结论")
    )
    cost_yuan = _yuan(_("核对费用的，核定多少元"), required=False)
    reason = forms.CharField(max_length=REASON_MAX, label=_("理由和依据"))


class AdoptForm(KeyForm):
    """Under which code it becomes a project."""

    code = forms.CharField(max_length=CODE_MAX, label=_("项目代码"))


class RollForm(KeyForm):
    """Who comes onto the roll, who leaves it."""

    added = forms.CharField(
        max_length=ROLL_CHARACTERS,
        required=False,
        label=_("增加：手机号、邮箱或者用户名，每行一个"),
    )
    papers = forms.IntegerField(
        min_value=0,
        max_value=PAPERS_MAX,
        required=False,
        label=_("增加只用纸质选票的人，多少个"),
    )
    removed = forms.CharField(
        max_length=ROLL_CHARACTERS, required=False, label=_("去掉：同样每行一个")
    )
    reason = forms.CharField(max_length=REASON_MAX, label=_("理由和依据"))


class DecidingForm(KeyForm):
    """Whether a change of the roll stands."""

    confirmed = forms.ChoiceField(
        choices=[("yes", _("核对无误，确认")), ("no", _("不通过"))], label=_("结论")
    )


class PhraseForm(KeyForm):
    """A keeper's phrase."""

    phrase = forms.CharField(max_length=PHRASE_MAX, label=_("您抄下的口令"))


class PapersForm(KeyForm):
    """For whom paper ballots are numbered, beside those who have no other way."""

    lines = forms.CharField(
        max_length=ROLL_CHARACTERS,
        required=False,
        label=_("名册上想用纸质选票的人：手机号、邮箱或者用户名，每行一个"),
    )


class KeyingForm(KeyForm):
    """Which paper; what stands on it is in fields of their own."""

    number = forms.CharField(max_length=NUMBER_MAX)


class CastingForm(forms.Form):
    """By which link; what is chosen is in fields of their own."""

    link = forms.CharField(max_length=TOKEN_MAX, required=False)


class AddressForm(forms.Form):
    """Where a link is to go."""

    address = forms.CharField(max_length=ADDRESS_MAX)
