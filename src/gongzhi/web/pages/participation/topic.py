"""A topic: one statement at a time to answer, the tallies below, and the form to say something."""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.charter import Member, PartyKind, Thing
from gongzhi.core.participating.stances import Order, Stance, Tally, TopicRules, in_order
from gongzhi.core.terms import Said
from gongzhi.forum.actions import topics as actions
from gongzhi.forum.models import Statement, Topic
from gongzhi.forum.tallies import stances_of
from gongzhi.forum.topic_lists import (
    next_for,
    not_shown,
    stances_taken,
    statements_of,
    tallies_shown,
)
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import AlreadyDone
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.people import counts_as
from gongzhi.parties.reading import NOBODY
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.participation.topics import topic_rules
from gongzhi.trust.identifiers import identifier_in
from gongzhi.web.beside import beside
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.downloads import as_file
from gongzhi.web.filled import KeyForm, faults_of, new_key, shown, take
from gongzhi.web.here import NEW, about
from gongzhi.web.places import places
from gongzhi.web.readable import readable_thing
from gongzhi.web.shown_posts import ShownPost, shown_posts
from gongzhi.web.stepping import step_on

ROWS = 20
ZIP = "application/zip"
STANCES = (
    (Stance.AGREE, Said("赞成")),
    (Stance.DISAGREE, Said("不赞成")),
    (Stance.PASS, Said("跳过")),
)
NAMES = dict(STANCES)
ORDERS = (
    (Order.AGREED, Said("赞成最多")),
    (Order.DIVIDED, Said("分歧最大")),
    (Order.UNSEEN, Said("看的人最少")),
    (Order.NEWEST, Said("最新")),
)


class StatementForm(KeyForm):
    """A statement; how long it may be the deed says, with the count."""

    text = forms.CharField(max_length=1000)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStatement:
    """A statement of the list: its words or why not, its author's name in front, its tally."""

    post: ShownPost
    row: Statement
    tally: Tally | None
    mine: Said | None
    is_own: bool


@require_safe
def topic(request: MemberRequest, topic: UUID) -> HttpResponse:
    """A statement to answer, and what is thought of all."""
    return _page(request, readable_thing(request, "topic", topic))


def _page(
    request: MemberRequest, row: Topic, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    member, today = request.member, business_date()
    rules = topic_rules(on=today)
    who = UUID(counts_as(member)) if _speaks(member) else None
    is_open = row.stage == Topic.Stage.OPEN and row.opens_on <= today <= row.closes_on
    tallies = tallies_shown(row)
    card = _card(request, row, tallies, who=who) if is_open else None
    side = beside(member, row)
    to_be = _statement_to_be(member, row)
    here = about(request, row, *([card, to_be] if card else [to_be]), *side.made_here)
    context: dict[str, Any] = {
        **_listed(request, row, tallies, who=who, rules=rules),
        "topic": row,
        "is_open": is_open,
        "card": _shown([card], {}, member=member, who=who, rules=rules)[0] if card else None,
        "take": here.on(card, "take_stance") if card else None,
        "stances": STANCES,
        "submit": here["submit_statement"] if is_open else None,
        "deeds": here,
        "place": places(member, [row.about]).get(row.about) if row.about else None,
        "clauses": clauses_shown({"5.22", "5.17"}),
        "faults": shown(faults or {}),
        "given": request.POST,
        "key": new_key(),
        "beside": side,
        "here": reverse("topic", args=[row.pk]),
    }
    status = 422 if faults else 200
    return render(request, "pages/participation/topic.html", context, status=status)


def _listed(
    request: MemberRequest,
    row: Topic,
    tallies: Mapping[UUID, Tally],
    *,
    who: UUID | None,
    rules: TopicRules,
) -> dict[str, Any]:
    """The statements in the order that was asked for, with their tallies."""
    order = _order(request)
    chosen = in_order(tallies, order, rules=rules)
    page = Paginator(chosen, ROWS).get_page(request.GET.get("page"))
    listed = statements_of(list(page))
    kept = shown_posts(not_shown(row, most=ROWS), reader=request.member)
    return {
        "rules": rules,
        "orders": ORDERS,
        "order": order,
        "page": page,
        "query": f"order={order}&",
        "statements": _shown(listed, tallies, member=request.member, who=who, rules=rules),
        "taken": stances_taken(row),
        "hidden": [each for each in kept if each.hidden],
    }


def _speaks(member: Member) -> bool:
    """Whether it is a person who speaks for themselves."""
    return member.kind is PartyKind.CITIZEN and member.person is not None


def _card(
    request: MemberRequest, row: Topic, tallies: Mapping[UUID, Tally], *, who: UUID | None
) -> Statement | None:
    """The statement that was asked for, else the next one."""
    asked = request.GET.get("statement", "")
    wanted = Statement.objects.visible_to(request.member).filter(topic=row, withdrawn_on=None)
    if asked:
        chosen = wanted.with_facts().filter(pk=identifier_in(asked))
        found: Statement | None = chosen.first()
        if found is not None:
            return found
    following = next_for(row, tallies, who=who)
    return wanted.with_facts().filter(pk=following).first() if following else None


def _order(request: MemberRequest) -> Order:
    asked = request.GET.get("order", "")
    return Order(asked) if asked in list(Order) else Order.AGREED


def _shown(
    rows: list[Statement],
    tallies: Mapping[UUID, Tally],
    *,
    member: Member,
    who: UUID | None,
    rules: TopicRules,
) -> list[ShownStatement]:
    mine = stances_of(who, [row.pk for row in rows]) if who else {}
    return [
        ShownStatement(
            post=post,
            row=row,
            tally=_tally(tallies.get(row.pk), rules=rules),
            mine=NAMES[mine[row.pk]] if row.pk in mine else None,
            is_own=str(row.author_id) == member.person,
        )
        for row, post in zip(rows, shown_posts(rows, reader=member), strict=True)
    ]


def _tally(tally: Tally | None, *, rules: TopicRules) -> Tally | None:
    """A tally once it is shown."""
    return tally if tally is not None and tally.is_shown(rules) else None


def _statement_to_be(member: Member, row: Topic) -> Thing:
    return Thing(
        kind="statement",
        id=NEW,
        holder=member.person or NOBODY,
        owner=str(row.owner_id),
        stage=row.stage,
        label=row.label,
        regions=row.owner.region.line(),
    )


# ── the deeds, each an address ──


@require_POST
def submit_statement(request: MemberRequest, topic: UUID) -> HttpResponse:
    """Say something."""

    def step(row: Topic, given: Mapping[str, Any]) -> object:
        return actions.submit_statement(by=request.member, topic=row, **given)

    return step_on(request, "topic", topic, StatementForm(request.POST), step, page=_page)


@require_POST
def take_stance(request: MemberRequest, statement: UUID) -> HttpResponse:
    """Agree, disagree or pass, and go on to the next statement."""
    row = readable_thing(request, "statement", statement)
    try:
        actions.take_stance(by=request.member, statement=row, stance=request.POST.get("stance", ""))
    except Unsuitable as unsuitable:
        return _page(request, row.topic, faults=unsuitable.faults)
    return redirect(f"{reverse('topic', args=[row.topic_id])}#take_stance")


@require_POST
def withdraw_statement(request: MemberRequest, statement: UUID) -> HttpResponse:
    """Take one's own statement back."""
    row = readable_thing(request, "statement", statement)
    return take(
        request,
        KeyForm(request.POST),
        lambda given: actions.withdraw_statement(by=request.member, statement=row, **given),
        done=_("已撤回，并写入存证。"),
        page=lambda request, *, faults: _page(request, row.topic, faults=faults),
        then=reverse("topic", args=[row.topic_id]),
    )


@require_POST
def close_topic(request: MemberRequest, topic: UUID) -> HttpResponse:
    """End it."""

    def step(row: Topic, given: Mapping[str, Any]) -> object:
        return actions.close_topic(by=request.member, topic=row, **given)

    return step_on(request, "topic", topic, KeyForm(request.POST), step, page=_page)


@require_POST
def export_stances(request: MemberRequest, topic: UUID) -> HttpResponse:
    """Take the stances out as files without names."""
    row = readable_thing(request, "topic", topic)
    filled = KeyForm(request.POST)
    if not filled.is_valid():
        return _page(request, row, faults=faults_of(filled))
    try:
        taken = actions.export_stances(by=request.member, topic=row, **filled.cleaned_data)
    except Unsuitable as unsuitable:
        return _page(request, row, faults=unsuitable.faults)
    except AlreadyDone:
        messages.info(request, _("这一步已经办过，没有再办一次。"), extra_tags="watch")
        return redirect("topic", row.pk)
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, content in taken.files.items():
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return as_file(out.getvalue(), name="stances.zip", content_type=ZIP, shown=f"{row}.zip")
