"""The pages of the desk: what they show to whom, and what stays hidden from everybody else."""

from datetime import timedelta
from hashlib import sha256
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

import city_hall
from apps.desk.desks import file, tell
from gongzhi.core.charter import Member
from gongzhi.core.ledger.policy import read_policy
from gongzhi.core.ledger.row_proof import row_verdict_on
from gongzhi.desk.actions import attachments, tasks
from gongzhi.desk.actions.openings import seal_openings
from gongzhi.desk.models import Attachment, Export, Follow, Notice, Opening, Task
from gongzhi.desk.openings import note_opening
from gongzhi.desk.tasks import make_export
from gongzhi.trust.proofs import head
from gongzhi.trust.sequencing import sequence
from gongzhi.web.tasks import remind_members
from verified import signed_in

pytestmark = pytest.mark.django_db
SAME = "是同一份：下面的存证里有这个文件的指纹。"
CONTENT = "项目名称,某项目\n"
DIGEST = sha256(CONTENT.encode()).hexdigest()


@pytest.fixture
def unit() -> city_hall.Unit:
    unit = city_hall.unit("1", within=city_hall.region())
    city_hall.published(unit)
    return unit


def elsewhere(unit: city_hall.Unit, *, kind: str = "government") -> city_hall.Unit:
    return city_hall.unit("2", within=unit.organisation.region, kind=kind)


def attach(unit: city_hall.Unit, *, label: str) -> Attachment:
    return attachments.attach_file(
        by=unit.officer, to=unit.project, file=file(CONTENT), label=label
    )


def give(unit: city_hall.Unit, *, by: Member | None = None) -> Task:
    return tasks.assign_task(
        by=by or unit.officer,
        about=unit.project.thing(),
        organisation=unit.organisation,
        what="核实培训人次",
        clause="4.16",
        working_days=3,
    )


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_desk_shows_what_waits_with_its_clock_and_its_clause(unit: city_hall.Unit):
    page = text(signed_in(unit.officer_office), reverse("desk"))

    assert "处发现" in page
    assert "个工作日" in page
    assert "§ 4.6" in page


def test_people_are_reminded_of_what_waits_for_them_once_for_each_stage(unit: city_hall.Unit):
    give(unit)

    remind_members(timestamp=0)
    remind_members(timestamp=0)

    reminders = Notice.objects.filter(about__startswith="task:")
    assert {str(notice.person_id) for notice in reminders} == {
        unit.officer.person,
        unit.reviewer.person,
    }
    assert reminders.count() == 2


def test_the_late_list_is_inside_the_organisation_only(unit: city_hall.Unit):
    give(unit)
    other = elsewhere(unit)

    assert "核实培训人次" in text(signed_in(unit.reviewer_office), f"{reverse('desk')}?who=all")
    assert "核实培训人次" not in text(signed_in(other.officer_office), f"{reverse('desk')}?who=all")
    assert Client().get(reverse("desk")).status_code == 302


@pytest.mark.parametrize("query", ["who=everybody", "when=never", "when=overdue'--"])
def test_s13_a_filter_takes_only_the_values_that_it_shows(unit: city_hall.Unit, query: str):
    client = signed_in(unit.officer_office)

    assert client.get(f"{reverse('desk')}?{query}").status_code == 400


def test_the_counts_stand_in_the_bar_of_every_page(unit: city_hall.Unit):
    tell()
    unread = Notice.objects.filter(person=unit.officer.person).unread().count()

    page = text(signed_in(unit.officer_office), reverse("about"))

    assert "件等您办" in page
    assert unread > 0
    assert "条未读" in page
    assert "条未读" not in text(Client(), reverse("about"))


def test_a_task_is_given_and_finished_on_its_pages(unit: city_hall.Unit):
    officer = signed_in(unit.officer_office)
    about = unit.project.thing().name
    form = {
        "key": "k",
        "to": f"office:{unit.reviewer_office.pk}",
        "about": about,
        "what": "核实培训人次",
        "clause": "4.16",
        "working_days": "3",
    }
    assert unit.project.name in text(officer, f"{reverse('tasks')}?about={about}")

    officer.post(reverse("assign_task"), form)
    task = Task.objects.get()
    reviewer = signed_in(unit.reviewer_office)
    assert "办结" in text(reviewer, reverse("task", args=[task.pk]))
    reviewer.post(reverse("finish_task", args=[task.pk]), {"key": "f", "outcome": "已核实"})

    task.refresh_from_db()
    assert (task.stage, task.outcome) == ("finished", "已核实")
    assert task.office == unit.reviewer_office


@pytest.mark.parametrize(
    ("field", "value"),
    [("working_days", "0"), ("working_days", "千"), ("what", ""), ("what", "长" * 501)],
)
def test_a_task_that_lacks_something_says_so(unit: city_hall.Unit, field: str, value: str):
    form = {
        "key": "k",
        "to": f"organisation:{unit.organisation.pk}",
        "what": "核实",
        "clause": "4.16",
        "working_days": "3",
        field: value,
    }

    answer = signed_in(unit.officer_office).post(reverse("assign_task"), form)

    assert answer.status_code == 422
    assert not Task.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("to", "organisation:x"), ("clause", "99.9"), ("about", f"project:{UUID(int=7)}")],
)
def test_s01_a_task_for_or_about_what_one_does_not_know_is_not_found(
    unit: city_hall.Unit, field: str, value: str
):
    form = {
        "key": "k",
        "to": f"organisation:{unit.organisation.pk}",
        "what": "核实",
        "clause": "4.16",
        "working_days": "3",
        field: value,
    }

    answer = signed_in(unit.officer_office).post(reverse("assign_task"), form)

    assert answer.status_code == 404
    assert not Task.objects.exists()


def test_s01_a_task_of_others_is_like_one_that_is_not_there(unit: city_hall.Unit):
    task = give(unit)
    other = signed_in(elsewhere(unit).officer_office)

    assert other.get(reverse("task", args=[task.pk])).status_code == 404
    done = other.post(reverse("finish_task", args=[task.pk]), {"key": "k", "outcome": "办了"})
    assert done.status_code == 404


def test_notices_are_put_away_one_by_one_and_all_at_once(unit: city_hall.Unit):
    give(unit)
    tell()
    client = signed_in(unit.reviewer_office)
    own = Notice.objects.filter(person=unit.reviewer.person)
    assert unit.project.name in text(client, reverse("notices"))

    client.post(reverse("read_notice", args=[own.last().pk]))
    assert own.unread().count() == own.count() - 1
    client.post(reverse("read_notice", args=[own.first().pk]), {"and_earlier": "yes"})
    assert own.unread().count() == 0


def test_s01_a_notice_of_another_is_like_one_that_is_not_there(unit: city_hall.Unit):
    tell()
    notice = Notice.objects.filter(person=unit.reviewer.person).first()

    answer = signed_in(unit.officer_office).post(reverse("read_notice", args=[notice.pk]))

    assert answer.status_code == 404
    notice.refresh_from_db()
    assert notice.read_at is None


def test_a_thing_is_followed_and_no_more_on_its_page(unit: city_hall.Unit):
    client = signed_in(elsewhere(unit).officer_office)
    here = ["project", unit.project.pk]
    assert "关注" in text(client, reverse("project", args=[unit.project.pk]))

    client.post(reverse("follow_thing", args=here), {"key": "k"})
    assert "已关注" in text(client, reverse("project", args=[unit.project.pk]))
    client.post(reverse("unfollow_thing", args=[Follow.objects.get().pk]))

    assert not Follow.objects.exists()


def test_a_file_is_attached_and_taken_away_again_unchanged(unit: city_hall.Unit):
    client = signed_in(unit.officer_office)
    given = SimpleUploadedFile("合同“终”.csv", CONTENT.encode())
    here = ["project", unit.project.pk]

    client.post(reverse("attach_file", args=here), {"file": given, "label": "public", "key": "k"})

    attachment = Attachment.objects.get()
    answer = Client().get(reverse("attachment-download", args=[attachment.pk]))
    assert answer.content == CONTENT.encode()
    assert "合同“终”.csv" in text(Client(), reverse("attachments", args=here))


def test_the_sender_is_told_what_to_know_of_a_file_that_is_kept(unit: city_hall.Unit):
    given = SimpleUploadedFile("合同.docx", CONTENT.encode())
    here = reverse("attach_file", args=["project", unit.project.pk])

    answer = signed_in(unit.officer_office).post(
        here, {"file": given, "label": "public", "key": "k"}, follow=True
    )

    assert "内容却是" in answer.content.decode()


def test_a_download_can_only_be_saved(unit: city_hall.Unit):
    attachment = attach(unit, label="public")

    headers = Client().get(reverse("attachment-download", args=[attachment.pk])).headers

    assert headers["Content-Disposition"].startswith("attachment; filename*=UTF-8''")
    assert headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Type"] == "application/octet-stream"


def test_s12_a_private_download_is_dead_for_others_and_logged_out(unit: city_hall.Unit):
    attachment = attach(unit, label="internal")
    address = reverse("attachment-download", args=[attachment.pk])
    own = signed_in(unit.reviewer_office)
    answer = own.get(address)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"

    own.logout()

    assert own.get(address).status_code == 404
    assert Client().get(address).status_code == 404
    assert signed_in(elsewhere(unit).officer_office).get(address).status_code == 404


def test_s12_who_lost_the_office_reads_no_more(unit: city_hall.Unit):
    attachment = attach(unit, label="internal")
    client = signed_in(unit.reviewer_office)
    address = reverse("attachment", args=[attachment.pk])
    assert client.get(address).status_code == 200

    unit.reviewer_office.ended_on = unit.reviewer_office.since_on
    unit.reviewer_office.save()

    assert client.get(address).status_code == 404


def test_s14_attachments_that_one_may_not_read_are_not_counted(unit: city_hall.Unit):
    attach(unit, label="internal")
    address = reverse("project", args=[unit.project.pk])

    assert '附件 <span class="figures">0</span>' in text(Client(), address)
    assert '附件 <span class="figures">1</span>' in text(signed_in(unit.officer_office), address)


def test_what_is_marked_secret_is_refused_and_nothing_kept(unit: city_hall.Unit):
    marked = SimpleUploadedFile("a.csv", "机密★10年\n项目名称,某项目\n".encode())
    address = reverse("attach_file", args=["project", unit.project.pk])

    answer = signed_in(unit.officer_office).post(
        address, {"file": marked, "label": "internal", "key": "k"}
    )

    assert answer.status_code == 422
    assert "保密工作机构" in answer.content.decode()
    assert not Attachment.objects.exists()


def test_what_auditors_download_is_noted_and_not_shown_to_the_audited(unit: city_hall.Unit):
    attachment = attach(unit, label="internal")
    auditor = signed_in(elsewhere(unit, kind="audit").officer_office)

    assert auditor.get(reverse("attachment-download", args=[attachment.pk])).status_code == 200

    assert Opening.objects.get().stage == "audited"
    assert attachment.name not in text(signed_in(unit.officer_office), reverse("openings"))


def test_the_owner_takes_the_proof_of_an_opening_away(unit: city_hall.Unit):
    note_opening(by=elsewhere(unit).officer, thing=attach(unit, label="internal").thing())
    address = reverse("opening-proof", args=[Opening.objects.get().pk])
    assert "当日过后存证" in text(signed_in(unit.officer_office), reverse("openings"))
    assert signed_in(unit.officer_office).get(address).status_code == 404

    seal_openings(until=timezone.now())
    sequence()

    assert address in text(signed_in(unit.officer_office), reverse("openings"))
    proof = signed_in(unit.officer_office).get(address)
    verdict = row_verdict_on(proof.content, policy=read_policy(head().policy))
    assert verdict.fault is None
    assert {shown.field for shown in verdict.read.shown} == {"about", "by_party", "opened_at"}


def test_the_owner_sees_who_opened_it_and_in_which_office(unit: city_hall.Unit):
    other = elsewhere(unit)
    note_opening(by=other.officer, thing=attach(unit, label="internal").thing())

    page = text(signed_in(unit.reviewer_office), reverse("openings"))

    assert other.organisation.name in page
    assert other.officer_office.title in page
    assert "没有人看过" in text(signed_in(other.reviewer_office), reverse("openings"))


def test_a_copy_is_recognised_by_its_digest_or_by_itself(unit: city_hall.Unit):
    attach(unit, label="public")
    sequence()
    address = reverse("sealed-copy")

    by_digest = text(Client(), f"{address}?digest={DIGEST.upper()}")
    by_file = Client().post(address, {"file": SimpleUploadedFile("x", CONTENT.encode())})

    for page in (by_digest, by_file.content.decode()):
        assert SAME in page
        assert unit.project.name in page
    assert "没有这个文件的指纹" in text(Client(), f"{address}?digest={'0' * 64}")


def test_s14_a_copy_of_what_one_may_not_read_is_like_one_that_is_not_there(unit: city_hall.Unit):
    attach(unit, label="internal")
    address = f"{reverse('sealed-copy')}?digest={DIGEST}"

    assert "没有这个文件的指纹" in text(Client(), address)
    assert SAME in text(signed_in(unit.officer_office), address)


def test_the_file_of_a_form_is_recognised_once_the_form_is_published(unit: city_hall.Unit):
    version = city_hall.cycle.draft_form(
        by=unit.officer,
        project=unit.project,
        form=city_hall.form(),
        fiscal_year=2024,
        pack=city_hall.PACK,
        source_digest=f"sha256:{DIGEST}",
    )
    address = f"{reverse('sealed-copy')}?digest={DIGEST}"
    assert SAME not in text(Client(), address)

    city_hall.cycle.publish_form(by=unit.reviewer, version=version, review="可以")

    assert SAME in text(Client(), address)


@pytest.mark.parametrize("digest", ["x", "0" * 63, "0" * 65, "g" * 64, "%00"])
def test_what_is_no_digest_says_so(client: Client, digest: str):
    answer = client.get(f"{reverse('sealed-copy')}?digest={digest}")
    assert answer.status_code == 400


def test_a_feed_costs_the_same_number_of_queries_however_long_it_is(
    unit: city_hall.Unit, django_assert_max_num_queries
):
    for year in range(2000, 2015):
        city_hall.published(unit, fiscal_year=year)
    sequence()

    with django_assert_max_num_queries(20):
        page = text(Client(), reverse("activity"))

    older = page.partition("?before=")[2].partition('"')[0]
    assert unit.project.name in text(Client(), f"{reverse('activity')}?before={older}")
    assert Client().get(f"{reverse('activity')}?before=x").status_code == 400


def test_s16_a_feed_says_what_the_page_says(unit: city_hall.Unit):
    hidden = city_hall.unit("3", within=unit.organisation.region)
    city_hall.draft(hidden)
    attach(unit, label="internal")

    page = text(Client(), reverse("activity"))
    feed = text(Client(), reverse("activity-atom"))

    for shown in (page, feed):
        assert unit.project.name in shown
        assert hidden.project.name not in shown
    assert feed == text(signed_in(hidden.officer_office), reverse("activity-atom"))


def test_s16_what_is_not_public_has_no_feed_and_no_page(unit: city_hall.Unit):
    hidden = elsewhere(unit)
    here = ["project", hidden.project.pk]

    for name in ("activity-about", "activity-about-atom", "attachments"):
        assert Client().get(reverse(name, args=here)).status_code == 404
    own = signed_in(hidden.officer_office)
    assert own.get(reverse("activity-about", args=here)).status_code == 200
    assert own.get(reverse("activity-about-atom", args=here)).status_code == 404


def test_s14_drafts_are_in_no_feed_of_their_organisation_for_others(unit: city_hall.Unit):
    draft = city_hall.draft(unit, fiscal_year=2024)
    city_hall.cycle.withdraw_draft(by=unit.officer, version=draft)
    address = reverse("activity-of-party", args=[unit.organisation.pk])

    assert "撤回草稿" not in text(Client(), address)
    assert "撤回草稿" in text(signed_in(unit.reviewer_office), address)


def test_what_an_office_did_is_shown_to_whoever_may_know_the_office(unit: city_hall.Unit):
    address = reverse("activity-about", args=["office", unit.reviewer_office.pk])
    person = unit.reviewer_office.person.username

    page = text(signed_in(unit.officer_office), address)

    assert "公开自评表" in page
    assert "起草自评表" not in page.partition('id="activity"')[2]
    assert person not in page.partition('id="activity"')[2]


def test_what_i_did_is_shown_to_me_alone(unit: city_hall.Unit):
    assert "起草自评表" in text(signed_in(unit.officer_office), reverse("activity-mine"))
    assert "起草自评表" not in text(
        signed_in(elsewhere(unit).officer_office), reverse("activity-mine")
    )
    assert Client().get(reverse("activity-mine")).status_code == 302


def test_s12_a_package_is_for_its_requester_while_it_lives(unit: city_hall.Unit):
    attachment = attach(unit, label="internal")
    own, here = signed_in(unit.reviewer_office), ["project", unit.project.pk]
    own.post(reverse("order_export", args=here), {"key": "k"})
    export = Export.objects.get()
    address = reverse("export-download", args=[export.pk])
    assert own.get(address).status_code == 404  # not made yet
    make_export(export=str(export.pk))

    assert own.get(address).status_code == 200
    assert signed_in(unit.officer_office).get(address).status_code == 404
    assert Client().get(address).status_code == 302

    attachments.withdraw_attachment(by=unit.officer, attachment=attachment, reason="附错了")
    assert own.get(address).status_code == 404
    assert "已经到期" in text(own, reverse("export", args=[export.pk]))


def test_s12_a_package_is_dead_after_its_minutes(unit: city_hall.Unit):
    attach(unit, label="internal")
    own = signed_in(unit.reviewer_office)
    own.post(reverse("order_export", args=["project", unit.project.pk]), {"key": "k"})
    export = Export.objects.get()
    make_export(export=str(export.pk))
    Export.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert own.get(reverse("export-download", args=[export.pk])).status_code == 404
