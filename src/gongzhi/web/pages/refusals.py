"""Answers that are no: each says what is wrong, why, and what to do now.

Django hands its handlers more than they need: hence the unused arguments.
"""

import sys
from dataclasses import dataclass

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongzhi.core.charter import INSTALLATION, Refused
from gongzhi.core.charter.explaining import NEEDS_FACTOR, WRONG_STAGE
from gongzhi.core.terms import Said
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.rights import charter_in_force
from gongzhi.trust.refusing import LogRefused
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.here import about
from gongzhi.web.limits import ALLOWED
from gongzhi.web.switched import elsewhere
from gongzhi.web.whynot import denied

FAULTS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The words of one such page."""

    status: int
    title: Said
    text: Said
    hint: Said | None


UNUSABLE = Answer(
    status=400,
    title=Said("这个请求读不懂"),
    text=Said("地址或者填写的内容里有不能用的字符。"),
    hint=Said("回到上一页，重新填写再提交。"),
)
NO_TOKEN = Answer(
    status=403,
    title=Said("这一页放得太久了"),
    text=Said(
        "为防止别的网站冒用您的名义，每次提交都要带上本站给的标记；这次没有带上，或者已经过期。"
    ),
    hint=Said("回到上一页，刷新后再提交；浏览器要允许本站的 Cookie。"),
)
CLOSED = Answer(
    status=403,
    title=Said("这里不能进"),
    text=Said("您现在的身份看不了这一页。"),
    hint=Said("登录后再来，或者回到首页。"),
)
TOO_EARLY_OR_LATE = Answer(
    status=409,
    title=Said("现在还不到这一步，或者这一步已经过了"),
    text=Said("每一步要在规定的阶段办。这一次没有办，什么也没有改变。"),
    hint=None,
)
REFUSED = Answer(
    status=403,
    title=Said("规则不准许这样做"),
    text=Said("每一项办理行为都要有条款准许。这一次没有办，什么也没有改变。"),
    hint=None,
)
MISSING = Answer(
    status=404,
    title=Said("没有这一页"),
    text=Said("地址写错了，或者这项内容不对您公开。"),
    hint=Said("从首页或者“公开的表”找起。"),
)
WRONG_WAY = Answer(
    status=405,
    title=Said("这个地址不能直接打开"),
    text=Said("它只接收从本站的页面上提交的内容。"),
    hint=Said("从首页重新开始。"),
)
TOO_BIG = Answer(
    status=413,
    title=Said("一次给得太多了"),
    text=Said("一次最多 {files} 个文件，共 {megabytes} MB。", ALLOWED),
    hint=Said("分几次提交；或者在自己的电脑上用命令行检查整个文件夹。"),
)
TOO_OFTEN = Answer(
    status=429,
    title=Said("请稍等一分钟"),
    text=Said("同一个网络地址每分钟最多检查 {times} 次。", ALLOWED),
    hint=Said("一分钟后再试；一次可以提交 {files} 个文件。", ALLOWED),
)
LOCKED = Answer(
    status=429,
    title=Said("请过一刻钟再登录"),
    text=Said("密码连续错了太多次；从这个网络地址暂时不能登录这个账号。"),
    hint=Said("一刻钟后再试；忘记密码的，请找本单位的管理员。"),
)
BROKEN = Answer(
    status=500,
    title=Said("程序出错了"),
    text=Said("这是程序的错，不是您的错。您做的事没有完成，也没有做一半。"),
    hint=Said("请再试一次；如果还是这样，把这一页的地址和时间告诉管理员。"),
)
AWAY = Answer(
    status=503,
    title=Said("数据库暂时连不上"),
    text=Said("网站还在，数据暂时取不到；没有任何内容丢失。"),
    hint=Said("一分钟后再试。"),
)


def page(request: HttpRequest, answer: Answer) -> HttpResponse:
    """The page of an answer; that of a fault asks nothing of the database."""
    template = "pages/fault.html" if answer.status >= FAULTS else "pages/refusal.html"
    return render(request, template, {"answer": answer}, status=answer.status)


def unusable(request: HttpRequest, exception: object = None) -> HttpResponse:  # noqa: ARG001
    """400: the request can't be understood."""
    return page(request, UNUSABLE)


def without_token(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """403: a form without the token that shows it came from this site."""
    return page(request, NO_TOKEN)


def not_allowed(request: HttpRequest, exception: object = None) -> HttpResponse:  # noqa: ARG001
    """403 for what was not asked of the charter."""
    return page(request, CLOSED)


def refused(request: MemberRequest, refusal: Refused) -> HttpResponse:
    """403, or 409 if only the stage stands against it: which clauses, why, and whom to ask."""
    if refusal.clauses and refusal.thing is None:
        return out_of_time(request, refusal)
    charter, thing = charter_in_force(), refusal.thing or INSTALLATION
    about(request, thing)
    deed = denied(charter, request.member, refusal.verb, thing)
    answer = TOO_EARLY_OR_LATE if deed.reason == WRONG_STAGE else REFUSED
    context = {
        "answer": answer,
        "deed": deed,
        "stage": charter.stage_names.get(thing.stage or ""),
        "needs_factor": deed.reason == NEEDS_FACTOR,
        "whom": refusal.whom_to_ask,
    }
    return render(request, "pages/refused.html", context, status=answer.status)


def out_of_time(request: MemberRequest, refusal: Refused) -> HttpResponse:
    """409: the rights are there, but a clause says when, and that isn't now."""
    context = {
        "answer": TOO_EARLY_OR_LATE,
        "deed": charter_in_force().verb_names[refusal.verb],
        "said": refusal.reason,
        "clauses": clauses_shown(refusal.clauses),
    }
    return render(request, "pages/out_of_time.html", context, status=TOO_EARLY_OR_LATE.status)


def missing(request: HttpRequest, exception: object = None) -> HttpResponse:  # noqa: ARG001
    """404: what isn't there, and what this visitor may not read: nothing on the page differs."""
    if answer := elsewhere(request):
        return answer
    about(request)
    return page(request, MISSING)


def wrong_way(request: HttpRequest, refusal: HttpResponse) -> HttpResponse:
    """405: an address that takes only what a page of ours submits."""
    answer = page(request, WRONG_WAY)
    answer["Allow"] = refusal["Allow"]
    return answer


def too_big(request: HttpRequest) -> HttpResponse:
    """413: more than a visitor may give at once."""
    return page(request, TOO_BIG)


def too_often(request: HttpRequest) -> HttpResponse:
    """429: more often than a visitor may ask."""
    answer = page(request, TOO_OFTEN)
    answer["Retry-After"] = "60"
    return answer


def locked(request: HttpRequest, response: object, credentials: object) -> HttpResponse:  # noqa: ARG001
    """429: too many wrong passwords for one account from one address."""
    answer = page(request, LOCKED)
    answer["Retry-After"] = "900"
    return answer


def broken(request: HttpRequest) -> HttpResponse:
    """500: a fault of the program; 503, if all that failed is the database."""
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return away(request)
    return page(request, BROKEN)


def away(request: HttpRequest) -> HttpResponse:
    """503: the database can't be reached."""
    answer = page(request, AWAY)
    answer["Retry-After"] = "60"
    return answer


def standing_still(request: HttpRequest, refusal: LogRefused) -> HttpResponse:
    """503: the log would rather stand still than contradict what it has said."""
    answer = Answer(
        status=503,
        title=Said("存证停住了"),
        text=refusal.said,
        hint=Said("请把这一页告诉管理员。"),
    )
    return page(request, answer)
