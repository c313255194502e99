"""Many papers as one archive: made by a job, with progress, for who asked, for some days."""

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

import city_hall
from apps.cycle import monitored
from gongzhi.cycle.models import FormVersion
from gongzhi.desk.actions import exports
from gongzhi.desk.models import Content, Export, Notice
from gongzhi.papers.forms import SELF_EVALUATION
from gongzhi.papers.receiving import receive
from gongzhi.rules.keeping import load_discarding
from gongzhi.web.tasks import make_papers
from verified import signed_in

pytestmark = pytest.mark.django_db
YEAR = monitored.YEAR


@pytest.fixture
def stated(region) -> city_hall.Unit:
    """A unit with a published self-evaluation."""
    made = city_hall.unit("1", within=region)
    monitored.fund(made)
    monitored.pay(made, date(YEAR, 6, 1), 1_080_000)
    version = city_hall.published(made)
    assert isinstance(version, FormVersion)
    return made


def order(client, unit, **more):
    version = FormVersion.objects.get()
    given = {"key": "k", "what": "self_evaluations", "year": str(version.fiscal_year), **more}
    return client.post(reverse("order_export", args=["organisation", unit.organisation.pk]), given)


def test_papers_are_made_by_a_job_and_taken_away_by_who_asked(stated, client, region):
    desk = signed_in(stated.officer_office)
    assert order(desk, stated).status_code == 302
    export = Export.objects.get()
    page = reverse("export", args=[export.pk])
    waiting = desk.get(page)
    assert waiting["Refresh"] == "3"
    exports.note_progress(export, done=1, total=4)
    assert 'max="100" value="25"' in desk.get(page).content.decode()
    make_papers(export=str(export.pk))
    make_papers(export=str(export.pk))
    export.refresh_from_db()
    assert (export.stage, export.done, export.total) == ("made", 1, 1)
    ready = desk.get(page)
    assert "Refresh" not in ready
    taken = desk.get(reverse("export-download", args=[export.pk]))
    archive = zipfile.ZipFile(io.BytesIO(b"".join(taken)))
    (name,) = archive.namelist()
    assert name.endswith(".docx")
    assert name.startswith("0001-某项目")
    (paper,) = receive(SELF_EVALUATION, name=name, content=archive.read(name)).papers
    assert paper.value.code == stated.project.code
    assert Notice.objects.filter(person=stated.officer.person, about=f"export:{export.pk}").exists()
    other = signed_in(city_hall.unit("2", within=region).officer_office)
    for stranger in (other, signed_in(stated.reviewer_office)):
        assert stranger.get(page).status_code == 404


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_list_offers_them_to_whoever_holds_an_office(stated, client, language):
    desk = signed_in(stated.officer_office)
    year = FormVersion.objects.get().fiscal_year
    for each in (desk, client):
        each.cookies["django_language"] = language
    address = f"{reverse('self-evaluations')}?year={year}"
    assert 'value="self_evaluations"' in desk.get(address).content.decode()
    assert 'value="self_evaluations"' not in client.get(address).content.decode()


def test_the_file_lives_for_the_days_of_the_rules_and_goes_with_them(stated):
    order(signed_in(stated.officer_office), stated)
    export = Export.objects.get()
    make_papers(export=str(export.pk))
    export.refresh_from_db()
    days = load_discarding()["papers"].days
    left = export.expires_at - timezone.now()
    assert timedelta(days=days) - timedelta(minutes=5) < left <= timedelta(days=days)
    Export.objects.update(expires_at=timezone.now())
    exports.expire_exports()
    assert not Export.objects.exists()
    assert not Content.objects.filter(kind="archive").exists()


def test_s12_whoever_left_the_office_takes_nothing_away(stated):
    desk = signed_in(stated.officer_office)
    order(desk, stated)
    export = Export.objects.get()
    make_papers(export=str(export.pk))
    stated.officer_office.ended_on = stated.officer_office.since_on
    stated.officer_office.save()
    assert desk.get(reverse("export-download", args=[export.pk])).status_code in (302, 404)


def test_what_is_no_set_of_papers_is_told(stated):
    desk = signed_in(stated.officer_office)
    for more in ({"what": "x"}, {"year": "x"}, {"ending": "exe"}):
        assert order(desk, stated, **more).status_code == 400
    assert not Export.objects.exists()
