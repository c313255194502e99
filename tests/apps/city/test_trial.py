"""A trial with one's own files: their units, projects and money, seen from every office at once."""

from dataclasses import replace
from datetime import date

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob

from gongzhi.city.growing import grow
from gongzhi.city.own_files import is_trial
from gongzhi.city.tasks import live_until_day
from gongzhi.city.trial import NotUsable, Own, begin_trial
from gongzhi.cycle.models import Project, Watched
from gongzhi.parties.business_date import business_date
from gongzhi.parties.currency import home_currency
from gongzhi.parties.members import member_in
from gongzhi.parties.models import Office, Organisation, Region

pytestmark = pytest.mark.django_db(transaction=True)
PROJECTS = """Project code,Project name,Unit code,Unit name
P1,Bridge,U1,Department of Roads
P2,School,U2,Department of Schools
"""
PAYMENTS = """Payment No,Project code,Date paid,Amount paid,Supplier name,Currency
A1,P1,2024-03-05,100.00,Acme,BRL
A2,P2,2024-06-28,50.00,Acme,BRL
A3,P2,2024-06-29,many,Acme,BRL
"""


@pytest.fixture(autouse=True)
def demo(settings):
    settings.DEMO = True


@pytest.fixture
def own(tmp_path) -> Own:
    files = []
    for name, text in (("projects.csv", PROJECTS), ("payments.csv", PAYMENTS)):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        files.append(path)
    return Own(files=files, name="Somewhere")


def test_units_projects_and_good_rows_come_in_and_every_project_is_seen(own):
    brought = begin_trial(own)

    assert [each.result.problem_count for each in brought if each.result] == [0, 1]
    assert sorted(Project.objects.values_list("code", "unit__code")) == [("P1", "U1"), ("P2", "U2")]
    assert (Region.objects.get().name, home_currency().code) == ("Somewhere", "BRL")
    assert business_date() == date(2024, 6, 28)
    assert Watched.objects.filter(fiscal_year=2024).count() == 2


def test_finance_sees_all_projects_and_each_unit_its_own(own):
    begin_trial(own)

    def sees(code: str) -> set[str]:
        office = Office.objects.get(organisation__code=code)
        rows = Watched.objects.visible_to(member_in(office, second_factor=True, fresh=True))
        return set(rows.values_list("project__code", flat=True))

    assert sees("TRIAL-FIN") == {"P1", "P2"}
    assert sees("U1") == {"P1"}


def test_a_trial_goes_on_by_its_own_files_and_no_city_grows_in_it(own):
    begin_trial(own)
    projects = Project.objects.count()

    live_until_day(day="2024-08-31")
    grow(year=True)

    assert (business_date(), Project.objects.count()) == (date(2024, 8, 31), projects)
    assert is_trial()
    queued = ProcrastinateJob.objects.filter(task_name="gongzhi.web.tasks.remind_members")
    assert queued.exists(), "people are reminded of what is due by then"


def test_nothing_is_left_of_a_trial_that_could_not_begin(own, tmp_path):
    (tmp_path / "payments.csv").write_text("a,b\n1,2\n", encoding="utf-8")

    with pytest.raises(NotUsable) as refused:
        begin_trial(own)

    assert refused.value.name == "payments.csv"
    assert not Organisation.objects.exists()


def test_days_of_any_order_wait_for_somebody_to_say_which_comes_first(own):
    path = own.files[1]
    text = PAYMENTS.replace("2024-03-05", "03/04/2024").replace("2024-06-28", "06/08/2024")
    path.write_text(text.replace("2024-06-29", "06/09/2024"))

    with pytest.raises(NotUsable) as refused:
        begin_trial(own)
    begin_trial(replace(own, order="mdy"))

    assert "日在前" in refused.value.problem.what.text
    assert business_date() == date(2024, 6, 8)
