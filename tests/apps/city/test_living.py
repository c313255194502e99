"""The demo's year is lived by deeds: each thing on its day, once, and nothing before its time."""

from datetime import date

import pytest

from gongzhi.city.growing import grow
from gongzhi.city.invented import the_year
from gongzhi.city.living import live_until
from gongzhi.cycle.models import (
    Alert,
    Collection,
    GoalVersion,
    Payment,
    Project,
    Reading,
    Submission,
    Watched,
)
from gongzhi.parties.auditing import audit_all
from gongzhi.parties.business_date import business_date
from gongzhi.parties.models import Deed
from gongzhi.trust.sequencing import sequence

OPENS_ON = date(2026, 3, 13)


@pytest.fixture
def demo(settings):
    settings.DEMO = True


@pytest.mark.django_db
def test_the_city_opens_with_its_year_so_far(demo):
    grow(year=True)

    city = the_year()
    assert business_date() == OPENS_ON
    approved = GoalVersion.objects.in_force().count()
    assert approved == sum(each.since_on <= OPENS_ON for each in city.ventures)
    assert Project.objects.filter(stage="disclosed").count() >= approved
    assert not Payment.objects.filter(paid_on__gt=OPENS_ON).exists()
    assert not Reading.objects.filter(read_on__gt=OPENS_ON).exists()
    assert Collection.objects.filter(month__in=[1, 2]).count() == 2
    assert Submission.objects.count() > 40
    assert Watched.objects.filter(fiscal_year=2026).count() == approved
    assert Alert.objects.exists(), "the bridge's road warns first"
    days = list(Deed.objects.order_by("done_at").values_list("business_date", flat=True))
    assert days[1:] == sorted(days[1:]), "each deed is done on its day"  # the first sets the date

    deeds = Deed.objects.count()
    live_until(OPENS_ON)
    grow(year=True)
    assert Deed.objects.count() == deeds, "what was done isn't done again"

    sequence()
    assert list(audit_all()) == []


@pytest.mark.deep
@pytest.mark.django_db
def test_the_year_runs_to_its_end_and_every_warning_is_followed(demo):
    grow(year=True)
    live_until(date(2026, 12, 31))

    city = the_year()
    assert Payment.objects.count() == sum(len(each.payments) for each in city.ventures)
    assert Reading.objects.count() == sum(len(each.reports) for each in city.ventures)
    for story in city.stories:
        told = {(d.project, d.round) for d in story.deeds if d.round and d.verb == "answer_alert"}
        for project, month in told:
            assert Alert.objects.filter(project__code=project, round=month).exists(), (
                f"{story.code}: {project} warns in round {month}"
            )
    late = Alert.objects.exclude(stage__in=["closed", "withdrawn"])
    assert not late.filter(opened_on__lt=date(2026, 10, 1), stage="open").exists()
