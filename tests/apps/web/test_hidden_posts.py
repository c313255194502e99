"""What is hidden is named on no page of anybody else, wherever it could be listed (clause 5.17).

Every page of the site is read by people who neither wrote nor moderate it: before something is
hidden its words are found on some of them, afterwards on none.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from uuid import UUID

import pytest
from django.urls import reverse

from apps.web.cast import Cast, Somebody
from apps.web.trying import kind_of_row, tries
from gongzhi.city.citizens import settle_citizen
from gongzhi.forum.models import Hiding, PanelOpinion, ResourceOffer, Statement, Voice
from gongzhi.forum.models.moderation import Post
from gongzhi.parties.business_date import business_date
from gongzhi.parties.members import member_of
from gongzhi.web.operation import GET
from sampling import Sample, lasting
from verified import VerifiedClient

pytestmark = pytest.mark.django_db
WORD = "绝无仅有"
MARK = f"{WORD}的话"
ASKED = ("voices", "search")  # pages that find by words
POSTS = ("voice", "statement", "panel_opinion")
READ = 6  # one page of so many is read by each reader, unless the full numbers are asked for
SOME = 1  # of what is no post so many of each kind
LISTS = ("home", "desk", "activity", "activity-atom", "open-data", "ledger", "search")
NOT_TRIED = ("why", "row-proof", "attachment-download")  # they tell of rules and seals alone


@pytest.fixture
def reader(cast: Cast) -> Somebody:
    """A citizen who wrote nothing and stands behind what others wrote."""
    person = settle_citizen(username="other", name="另一个人")
    client = VerifiedClient()
    client.force_login(person)
    return Somebody(
        name="another citizen",
        member=member_of(person, second_factor=True, fresh=True),
        client=client,
    )


def marked(cast: Cast) -> list[Post]:
    """The cast's voices, and a statement, an opinion and an offer, in words that stand nowhere."""
    today = business_date()
    for number, voice in enumerate(cast.things["voice"]):
        Voice.objects.filter(pk=voice.pk).update(title=f"{MARK}{number}")
    for number, row in enumerate(cast.things["statement"]):
        Statement.objects.create(
            topic=row.topic, author=row.author, text=f"{MARK}{number}", submitted_on=today
        )
    told = cast.things["panel_opinion"][0]
    PanelOpinion.objects.create(
        panel=told.panel, seat=told.seat, number=9, text=MARK, submitted_on=today, due_on=today
    )
    office = cast.unit.officer_office
    for voice in Voice.objects.filter(label="public"):
        voice.offers.create(
            organisation=office.organisation, office=office, text=MARK, offered_on=today
        )
    posts = [*Voice.objects.with_facts(), *ResourceOffer.objects.all()]
    posts += Statement.objects.with_facts().filter(text__startswith=MARK)
    return [*posts, *PanelOpinion.objects.with_facts().filter(text=MARK)]


def hide(cast: Cast, posts: Iterable[Post]) -> None:
    """Hide them as a row of the table says it; the deed has tests of its own."""
    for post in posts:
        posted = post.posted()
        Hiding.objects.create(
            post_kind=posted.kind,
            post_id=posted.id,
            author_id=posted.author,
            owner=posted.owner,
            category="insult",
            reason="辱骂",
            office=cast.other.officer_office,
            hidden_on=business_date(),
            appeal_until=business_date(),
        )


def back_all(cast: Cast, reader: Somebody) -> None:
    """The reader stands behind all of them and follows what they may be told of."""
    for voice in Voice.objects.all():
        voice.supports.create(who=UUID(reader.member.person), since_on=business_date())


def pages(cast: Cast) -> list[str]:
    """The pages of the forum and of what it speaks about, with posts each and a row of the rest."""
    open_project = cast.things["project"][0]
    plain, tried = [], Counter[tuple[str, str]]()
    for each in tries(cast):
        kind = kind_of_row(each.row) if each.row is not None else ""
        tried[each.operation.name, kind] += 1
        is_told = GET in each.operation.methods and each.operation.name not in NOT_TRIED
        is_ours = each.address.startswith("/participation/") and (
            kind in POSTS or tried[each.operation.name, kind] <= SOME
        )
        is_about = each.row == open_project or kind in POSTS or each.operation.name in LISTS
        if is_told and (is_ours or is_about):
            plain.append(each.address)
    asked = [f"{reverse(name)}?q={WORD}" for name in ASKED]
    topics = [
        f"{reverse('topic', args=[row.topic_id])}?statement={row.pk}"
        for row in Statement.objects.all()
    ]
    return list(dict.fromkeys([*plain, *asked, *topics]))


def naming(readers: Iterable[Somebody], where: Iterable[str]) -> Mapping[str, list[str]]:
    """The pages on which the words stand, by reader."""
    found: dict[str, list[str]] = {}
    for somebody in readers:
        somebody.client.show_factor_again()
        for page in where:
            answer = somebody.client.get(page)
            if MARK in answer.getvalue().decode(errors="replace"):
                found.setdefault(somebody.name, []).append(page)
    return found


def test_5_17_what_is_hidden_stands_on_no_page_of_others(
    cast: Cast, reader: Somebody, sample: Sample
):
    posts = marked(cast)
    back_all(cast, reader)
    where = pages(cast)
    others = [cast.one("visitor"), reader, cast.one("other officer")]
    lists = [reverse(name) for name in ("voices", "voices-mine", "topics", "participation")]
    before = naming(others[1:2], [*lists, *where[-3:]])
    hide(cast, posts)
    assert len(before["another citizen"]) >= 4, "the words stood nowhere: nothing was tried"
    for somebody in others:
        read = [
            page
            for page in where
            if sample.takes(f"{lasting(page)} by {somebody.name}", one_of=READ)
        ]
        assert naming([somebody], read) == {}
