"""The forms of the market's deeds, with what their fields are called."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gongzhi.forum.actions.market import AGREE, REFUSE
from gongzhi.forum.models import MarketOpinion
from gongzhi.forum.models.market import PRICE_DIGITS, PRICE_PLACES
from gongzhi.web.filled import KeyForm

TEXT_MAX, WORDS_MAX, NAME_MAX, UNIT_MAX, CODE_MAX = 4000, 2000, 200, 40, 40


class AskForm(KeyForm):
    """What a price is needed of."""

    item = forms.CharField(max_length=NAME_MAX, label=_("要问价的东西或者服务"))
    unit = forms.CharField(max_length=UNIT_MAX, label=_("单价按什么计，如 元/瓦"))
    purpose = forms.CharField(
        max_length=WORDS_MAX,
        label=_("用在哪里"),
        help_text=_("企业的数据只用于这里写明的用途。"),
    )
    indicator = forms.CharField(max_length=100, required=False, label=_("对应的指标"))
    line = forms.CharField(max_length=CODE_MAX, required=False, label=_("对应的预算行次"))
    due_on = forms.DateField(label=_("征集到哪一天"))


class QuoteForm(KeyForm):
    """A firm's figure, in confidence."""

    price = forms.DecimalField(
        max_digits=PRICE_DIGITS, decimal_places=PRICE_PLACES, label=_("单价（元）")
    )
    basis = forms.CharField(max_length=WORDS_MAX, label=_("怎样得来：合同、成本构成、报价单"))
    tied = forms.CharField(
        max_length=NAME_MAX,
        required=False,
        label=_("控股单位或者实际控制人"),
        help_text=_("同一控制人的企业合计为一家。和单价一样保密。"),
    )
    valid_until = forms.DateField(label=_("有效到哪一天"))


class RestForm(KeyForm):
    """A figure that rests on a range."""

    range = forms.UUIDField(label=_("哪一个区间"))
    figure = forms.CharField(max_length=NAME_MAX, label=_("哪一个数字：指标的目标值或者预算行"))
    text = forms.CharField(max_length=WORDS_MAX, label=_("怎样依据区间定出这个数字"))


class OpinionForm(KeyForm):
    """What a firm thinks of a budget."""

    of = forms.CharField(max_length=NAME_MAX, required=False, label=_("对哪一笔预算"))
    verdict = forms.ChoiceField(
        choices=MarketOpinion.Verdict.choices, label=_("按市场行情，这笔预算")
    )
    text = forms.CharField(max_length=TEXT_MAX, label=_("理由（公开，署单位名称）"))


class OutlookForm(KeyForm):
    """Where technology and prices are going."""

    of = forms.CharField(max_length=NAME_MAX, required=False, label=_("关于哪一种技术或者产品"))
    text = forms.CharField(max_length=TEXT_MAX, label=_("展望（公开，署单位名称）"))


class BiddingForm(KeyForm):
    """That a firm bids itself."""

    text = forms.CharField(
        max_length=WORDS_MAX,
        label=_("投什么标、是否已经投"),
        help_text=_("申明以后，本企业的意见旁注明，报价不计入区间。申明不能收回。"),
    )


class ConsentForm(KeyForm):
    """Whether a firm agrees to the disclosure of its figure."""

    choice = forms.ChoiceField(
        choices=((AGREE, _("同意公开本企业的名称和单价")), (REFUSE, _("不同意"))),
        label=_("是否同意公开"),
    )
    text = forms.CharField(max_length=WORDS_MAX, required=False, label=_("说明（不同意的必填）"))
