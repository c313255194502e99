"""The home of participation: what is open now, what one can do, what became of it."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongzhi.core.participating.processes import ProcessStage
from gongzhi.core.terms import Text
from gongzhi.forum.models import Process
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.pages.participation.seen import shown_processes

SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way to take part: its page, its name, what it is for."""

    route: str
    name: Text
    purpose: Text


# One line for each room of participation, in the order in which citizens look for them.
WAYS: tuple[Way, ...] = (
    Way(
        route="processes",
        name=Text(zh="参与过程", en="Processes"),
        purpose=Text(
            zh="一件事怎样听取意见：分几个阶段，现在到哪一步",
            en="How a matter is put to people: in which phases, and where it stands",
        ),
    ),
    Way(
        route="remarks",
        name=Text(zh="意见建议和监督反馈", en="Remarks: suggestions and oversight"),
        purpose=Text(
            zh="只说给办理的单位，不公开；署名或者匿名都可以",
            en="Said to the office alone and not published, by name or without one",
        ),
    ),
    Way(
        route="topics",
        name=Text(zh="议题", en="Topics"),
        purpose=Text(
            zh="一个问题，各说一句，对别人的话赞成、不赞成或者跳过",
            en="One question: say a sentence, and take a stance on those of others",
        ),
    ),
    Way(
        route="moderation",
        name=Text(zh="发言管理", en="Moderation"),
        purpose=Text(
            zh="哪些发言不予显示、因为哪一类原因，申诉的结果",
            en="Which posts aren’t shown, for which kind of reason, and how appeals ended",
        ),
    ),
    Way(
        route="voices",
        name=Text(zh="需求、建议和修改意见", en="Needs, proposals and suggestions"),
        purpose=Text(
            zh="说出要什么、哪个数该改；附议别人；看答复和改变了什么",
            en="Say what you need or which figure should change; see what it changed",
        ),
    ),
    Way(
        route="voices-mine",
        name=Text(zh="我的意见", en="My voice"),
        purpose=Text(
            zh="我说过什么，到了哪一步，改变了什么；参与证明",
            en="What I said, how far it got, what it changed; a proof of participation",
        ),
    ),
    Way(
        route="surveys",
        name=Text(zh="问卷调查", en="Surveys"),
        purpose=Text(
            zh="对服务满意不满意：每人一份，结果写明误差，成为指标的读数",
            en="How satisfied people are: one answer each; results state their margin and feed "
            "indicators",
        ),
    ),
    Way(
        route="meetings",
        name=Text(zh="会议", en="Meetings"),
        purpose=Text(
            zh="什么时候开、议什么、决定了什么、谁办；居民可以领席位",
            en="When, about what, what was decided, who does it; residents may take a seat",
        ),
    ),
    Way(
        route="market",
        name=Text(zh="企业成本和市场数据", en="Costs and the market"),
        purpose=Text(
            zh="企业保密报价，公布由多家企业算出的区间；企业和协会怎样看预算",
            en="Firms quote in confidence, a range of many is told; what they think of budgets",
        ),
    ),
    Way(
        route="joint-projects",
        name=Text(zh="联合项目", en="Joint projects"),
        purpose=Text(
            zh="政府、企业、社会组织和志愿者一起承担：缺什么、谁给，两边各说多少",
            en="Carried by several parties: what is needed, who gives, what both sides say",
        ),
    ),
    Way(
        route="participation-health",
        name=Text(zh="参与情况", en="Participation health"),
        purpose=Text(
            zh="提了多少、答了多少、按期没有、采纳了多少，多少没有下文",
            en="How much was asked, answered in time and adopted, and how much came to nothing",
        ),
    ),
    Way(
        route="panels",
        name=Text(zh="抽选代表", en="Panels by lot"),
        purpose=Text(
            zh="报名当代表：随机抽选，谁都可以复算，提的意见逐条答复",
            en="Volunteer for a panel: drawn by lot, anybody can draw again, each opinion answered",
        ),
    ),
)


@require_safe
def participation(request: MemberRequest) -> HttpResponse:
    """What is open now comes first; what ended, with what became of it, after it."""
    visible = Process.objects.visible_to(request.member).with_facts()
    running = visible.filter(stage=ProcessStage.OPEN)[:SHOWN]
    ended = visible.filter(stage=ProcessStage.CONCLUDED).order_by("-ended_on", "-id")[:SHOWN]
    context = {
        "ways": WAYS,
        "running": shown_processes(running),
        "ended": shown_processes(ended),
        "clauses": clauses_shown({"5.1"}),
    }
    return render(request, "pages/participation/home.html", context)
