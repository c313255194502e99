"""The home of participation: what is open now, what is near, what became of it, the ways."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import Model
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongzhi.core.charter import Member
from gongzhi.core.participating.processes import ProcessStage
from gongzhi.core.terms import Said, Text
from gongzhi.desk.things import kind_of
from gongzhi.forum.models import AdoptedChange, Meeting, Process, Voice
from gongzhi.forum.near import near, open_now
from gongzhi.forum.posts import shown_only
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Region
from gongzhi.parties.rights import charter_in_force
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.pages.participation.seen import Goings, shown_processes
from gongzhi.web.pages.participation.voices.seen import shown_voices
from gongzhi.web.pages.participation.voices.writing import places_to_choose
from gongzhi.web.places import Place, place_of

CHANGED, ENDED = 6, 6


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
        route="recount",
        name=Text(zh="自己重新计票", en="Count a vote again"),
        purpose=Text(
            zh="给一份公开的投票文件，看资助谁、为什么，换一种规则又会怎样",
            en="Give the published file of a vote: who is funded and why, and by another rule",
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
        route="votes",
        name=Text(zh="议事投票", en="Votes on projects"),
        purpose=Text(
            zh="一笔钱办哪几件事：提项目、投票，谁都可以在家里重算",
            en="What a sum is spent on: propose, vote, and recount the result at home",
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
        route="negotiations",
        name=Text(zh="利益协商", en="Negotiations"),
        purpose=Text(
            zh="利益不一致时先守法定底线，再找各方都能接受的方案；各方自己决定给谁看",
            en="Where interests conflict: the floors of the law first, then a plan all can accept; "
            "each side decides who sees what",
        ),
    ),
    Way(
        route="compensations",
        name=Text(zh="补偿台账", en="Compensation ledger"),
        purpose=Text(
            zh="补偿不低于下限、同类同标准，逐笔跟踪到付清；各户金额只给受影响的人看",
            en="Never below its floor, like cases alike, followed until paid; each household’s "
            "amount is for the affected alone",
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """Something that is open now: its kind, its place, its last day, or the day it is held on."""

    kind: Said
    place: Place
    until: date
    is_held: bool


@require_safe
def participation(request: MemberRequest) -> HttpResponse:
    """What is open now, what goes on near a place, what became of what was said, all the ways."""
    places = places_to_choose(request.member)
    place = _place(request, places)
    ended = Process.objects.visible_to(request.member).with_facts()
    changed = shown_only(Voice.objects.visible_to(request.member))
    changed = changed.filter(change__end=AdoptedChange.End.APPROVED).with_facts().defer("words")
    context: dict[str, Any] = {
        "ways": WAYS,
        "open": _invitations(request.member),
        "places": places,
        "place": place,
        "near": _near(request.member, place) if place else (),
        "changed": shown_voices(
            changed.order_by("-change__ended_on", "-pk")[:CHANGED], member=request.member
        ),
        "ended": shown_processes(
            ended.filter(stage=ProcessStage.CONCLUDED).order_by("-ended_on", "-id")[:ENDED]
        ),
        "clauses": clauses_shown({"5.1"}),
    }
    return render(request, "pages/participation/home.html", context)


def _place(request: MemberRequest, places: Sequence[Region]) -> Region | None:
    """The place that the reader chose; it stays in the address."""
    asked = request.GET.get("place", "")
    found = next((each for each in places if str(each.pk) == asked), None)
    if asked and found is None:
        raise BadRequest("place")
    return found


def _invitations(member: Member) -> list[Invitation]:
    return [
        Invitation(
            kind=_name(type(each.row)),
            place=place_of(each.row),
            until=each.until,
            is_held=isinstance(each.row, Meeting),
        )
        for each in open_now(member, today=business_date())
    ]


def _near(member: Member, place: Region) -> list[Goings]:
    return [
        Goings(
            kind=kind_of(each.kind),
            name=_name(each.kind),
            count=each.count,
            places=tuple(place_of(row) for row in each.newest),
        )
        for each in near(member, place)
    ]


def _name(model: type[Model]) -> Said:
    return Said(charter_in_force().texts.vocabulary.kinds[kind_of(model)]["name"])
