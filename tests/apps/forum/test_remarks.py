"""Remarks: who can open them, what becomes of them, and that nothing leads to a nameless writer."""

import hashlib
import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, timedelta
from statistics import median
from time import perf_counter

import pytest
from django.db import DatabaseError, connection, connections

import city_hall
from gongzhi.core.charter import SYSTEM, VISITOR
from gongzhi.core.participating.receipts import receipt_code
from gongzhi.desk.actions.notices import tell_members
from gongzhi.desk.models import Notice
from gongzhi.forum import remark_locks, remarks_waiting
from gongzhi.forum.actions import remarks
from gongzhi.forum.actions.remarks import Writing
from gongzhi.forum.models import Remark, RemarkMessage, RemarkReceipt
from gongzhi.forum.remark_figures import figures_until
from gongzhi.parties.actions import setting_up as parties
from gongzhi.parties.actions.setting_up import move_business_date
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import Refused
from gongzhi.parties.erasing import erase_person
from gongzhi.parties.locked_values import CannotUnlock
from gongzhi.parties.members import member_of
from gongzhi.parties.models import Deed, IdempotencyKey, RefusedDeed, SubjectKey, WaitingRow
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.trust.sequencing import sequence
from verified import verified

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_demo")]
TEXT = "活动室周末不开门，建议延长到晚上九点。"
ACCUSING = "社区中心的采购里，主任收受了施工方的好处。"
CODE = receipt_code(1234567890123456789)


@pytest.fixture
def a_demo(settings, monkeypatch):
    settings.DEMO = True
    monkeypatch.setattr(remark_locks, "COST", 2)  # the slow digest is measured apart


def citizen(name="某公民"):
    return member_of(parties.register_person(by=SYSTEM, username=name, name="李四"))


def writing(unit, text=TEXT, kind="suggestion") -> Writing:
    return Writing(kind=kind, text=text, project=unit.project)


def anonymous(unit, *, number=1, text=TEXT) -> Remark:
    return remarks.send_anonymous_remark(writing=writing(unit, text), code=receipt_code(number))


def named(unit, by, text=TEXT) -> Remark:
    return remarks.send_remark(by=by, writing=writing(unit, text), key=text[:20])


def texts(talk) -> list[str]:
    return [line.text for line in talk.lines]


def test_an_anonymous_writer_and_the_office_talk_by_the_code(unit):
    remark = anonymous(unit)
    assert texts(remarks.read_remark(by=unit.officer, remark=remark)) == [TEXT]
    remarks.ask_about_remark(by=unit.officer, remark=remark, text="哪一间？")
    remarks.add_by_receipt(code=receipt_code(1), text="二楼的。")
    remark.refresh_from_db()
    remarks.answer_remark(
        by=unit.officer, remark=remark, outcome="adopted", text="下月起周末开到九点。"
    )
    talk = remarks.open_by_receipt(code=receipt_code(1))
    assert texts(talk) == [TEXT, "哪一间？", "二楼的。", "下月起周末开到九点。"]
    assert (talk.remark.stage, talk.remark.outcome) == ("answered", "adopted")


def test_a_named_writer_is_told_and_reads_the_answer(unit):
    by = citizen()
    remark = named(unit, by)
    remarks.answer_remark(by=unit.officer, remark=remark, outcome="not_adopted", text="人手不够。")
    sequence()
    tell_members()
    told = Notice.objects.filter(person=by.person).values_list("about", flat=True)
    assert list(told) == [remark.thing().name]
    assert Remark.objects.visible_to(by).get() == remark


def test_the_clock_is_that_of_the_clause_and_starts_again_once_what_was_asked_came(unit):
    move_business_date(to=date(2026, 3, 2))
    remark = anonymous(unit)
    assert remark.due_on == date(2026, 3, 23)  # fifteen working days
    move_business_date(to=date(2026, 3, 20))
    remarks.add_by_receipt(code=receipt_code(1), text="再补一句。")
    remark.refresh_from_db()
    assert remark.due_on == date(2026, 3, 23)
    remarks.ask_about_remark(by=unit.officer, remark=remark, text="哪一间？")
    remarks.add_by_receipt(code=receipt_code(1), text="二楼的。")
    remark.refresh_from_db()
    assert remark.due_on > date(2026, 4, 1)


def test_what_waits_stands_on_the_desk_and_late_with_whoever_oversees(unit, other):
    unit.organisation.parent = other.organisation
    unit.organisation.save()
    remark = anonymous(unit)
    today = business_date()
    mine = [each.thing.name for each in remarks_waiting.waiting_for(unit.officer, today=today)]
    assert mine == [remark.thing().name]
    late = remarks_waiting.waiting_within(other.officer, today=remark.due_on + timedelta(days=1))
    assert [each.organisation for each in late] == [str(unit.organisation.pk)]
    with pytest.raises(Refused):
        remarks.read_remark(by=other.officer, remark=remark)


def test_who_is_asked_back_by_name_finds_it_on_the_desk(unit):
    by = citizen()
    remark = named(unit, by)
    remarks.ask_about_remark(by=unit.officer, remark=remark, text="哪一间？")
    waiting = list(remarks_waiting.waiting_for(by, today=business_date()))
    assert [(each.verb, each.person) for each in waiting] == [("add_to_remark", by.person)]


def test_a_remark_about_nothing_goes_to_the_finance_bureau_which_passes_it_on(unit, region):
    bureau = city_hall.budget_office(within=region)
    written = Writing(kind="suggestion", text=TEXT)
    remark = remarks.send_anonymous_remark(writing=written, code=CODE)
    assert remark.receiver == bureau.organisation
    remarks.pass_remark_on(
        by=verified(bureau), remark=remark, to=unit.organisation, text="由你局办理"
    )
    remark.refresh_from_db()
    assert texts(remarks.read_remark(by=unit.officer, remark=remark)) == [TEXT, "由你局办理"]
    assert len(remarks.open_by_receipt(code=CODE).lines) == 2
    with pytest.raises(Refused):
        remarks.read_remark(by=verified(bureau), remark=remark)


@pytest.mark.parametrize("role", ["system_admin", "security_admin", "audit_admin"])
def test_s61_administrators_open_no_remark(unit, role):
    remark = anonymous(unit)
    admin = verified(city_hall.office(unit.organisation, role, role))
    assert not Remark.objects.visible_to(admin).exists()
    for deed, given in (
        (remarks.read_remark, {}),
        (remarks.answer_remark, {"outcome": "adopted", "text": "好"}),
        (remarks.ask_about_remark, {"text": "哪一间？"}),
    ):
        with pytest.raises(Refused):
            deed(by=admin, remark=remark, **given)


def test_s61_each_opening_by_the_office_stands_in_the_log(unit):
    remark = anonymous(unit)
    remarks.read_remark(by=unit.officer, remark=remark)
    remarks.read_remark(by=unit.officer, remark=remark)
    opened = Deed.objects.filter(verb="read_remark", on=remark.thing().name)
    assert [each.person for each in opened] == [unit.officer_office.person_id] * 2


def whole_database() -> str:
    """Everything that stands in any table, as text."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public' AND "
            "table_type = 'BASE TABLE'"
        )
        found = []
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT t::text FROM "{table}" t')  # noqa: S608
            found += [f"{table} {row}" for (row,) in cursor.fetchall()]
    return "\n".join(found)


def test_s61_the_database_holds_neither_text_nor_code_nor_answer(unit):
    remark = anonymous(unit)
    remarks.answer_remark(by=unit.officer, remark=remark, outcome="adopted", text="周末开到九点")
    held = whole_database()
    for secret in (TEXT, "周末开到九点", receipt_code(1)):
        assert secret not in held
        assert secret.encode().hex() not in held
        assert hashlib.sha256(secret.encode()).hexdigest() not in held


def test_s61_sending_without_a_name_leaves_no_moment_no_key_and_no_deed(unit):
    anonymous(unit, number=7)  # the office has its key, the day has its pool
    before = (Deed.objects.count(), IdempotencyKey.objects.count(), RefusedDeed.objects.count())
    remark = anonymous(unit)
    after = (Deed.objects.count(), IdempotencyKey.objects.count(), RefusedDeed.objects.count())
    assert before == after
    assert remark.pk.version == 4
    assert {each.pk.version for each in RemarkMessage.objects.all()} == {4}
    assert {each.pk.version for each in WaitingRow.objects.all()} == {4}
    made = SubjectKey.objects.get(subject__startswith="remarks:").made_at
    assert (made.hour, made.minute, made.second) == (0, 0, 0)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name LIKE "
            "'forum_remark%%' AND data_type LIKE 'timestamp%%'"
        )
        assert cursor.fetchall() == []


TABLES = {
    "forum_remark": "id",
    "forum_remarkreceipt": "remark_id",
    "forum_remarkmessage": "remark_id",
}


def test_s58_rows_of_a_day_that_is_over_lie_in_an_order_of_chance(unit):
    move_business_date(to=date(2026, 3, 2))
    sent = [anonymous(unit, number=number, text=f"{TEXT}{number}").pk for number in range(12)]
    move_business_date(to=date(2026, 3, 3))
    talk = texts(remarks.open_by_receipt(code=receipt_code(3)))
    before = {table: _order(table, column) for table, column in TABLES.items()}
    assert remarks.shuffle_remarks(until=business_date())
    for table, column in TABLES.items():
        assert sorted(_order(table, column)) == sorted(sent)
        assert _order(table, column) not in (sent, before[table])  # by chance, once in 12!
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT count(DISTINCT xmin::text) FROM {table}")  # noqa: S608
            assert cursor.fetchone() == (1,)
    assert texts(remarks.open_by_receipt(code=receipt_code(3))) == talk
    assert not remarks.shuffle_remarks(until=business_date())


def _order(table: str, column: str) -> list:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} ORDER BY ctid")  # noqa: S608
        return [value for (value,) in cursor.fetchall()]


def test_what_was_said_is_never_changed(unit):
    anonymous(unit)
    with pytest.raises(DatabaseError):
        RemarkMessage.objects.update(said_on=date(2020, 1, 1))


def test_s61_a_copy_of_the_database_without_the_installations_key_opens_nothing(unit, settings):
    remark = anonymous(unit)
    settings.SECRET_KEY = "another installation's"
    with pytest.raises(CannotUnlock):
        remarks.read_remark(by=unit.officer, remark=remark)


@pytest.mark.parametrize(
    "text", [ACCUSING, "机密★10年\n附件内容", "我的身份证11010519491231002X", " "]
)
def test_9_7_what_belongs_elsewhere_is_not_taken_in_and_not_kept(unit, text, caplog):
    by = citizen()
    kept = whole_database()
    with caplog.at_level(logging.DEBUG):
        for send in (
            lambda: anonymous(unit, text=text),
            lambda: named(unit, by, text=text),
        ):
            with pytest.raises(Unsuitable):
                send()
    assert whole_database() == kept
    assert text.strip()[:8] not in caplog.text or not text.strip()


def test_9_7_nor_in_what_is_added(unit):
    anonymous(unit)
    with pytest.raises(Unsuitable):
        remarks.add_by_receipt(code=receipt_code(1), text=ACCUSING)
    assert RemarkMessage.objects.count() == 1


def test_r05_a_form_sent_twice_is_one_remark(unit):
    first, second = anonymous(unit), anonymous(unit)
    assert first == second
    assert (Remark.objects.count(), WaitingRow.objects.count()) == (1, 1)
    with pytest.raises(Unsuitable):
        anonymous(unit, text="另一件事")
    remarks.add_by_receipt(code=receipt_code(1), text="二楼的。")
    remarks.add_by_receipt(code=receipt_code(1), text="二楼的。")
    assert RemarkMessage.objects.count() == 2


def test_s61_adding_too_late_writes_no_refusal_with_its_moment(unit):
    remark = anonymous(unit)
    remarks.answer_remark(by=unit.officer, remark=remark, outcome="adopted", text="好")
    before = RefusedDeed.objects.count()
    with pytest.raises(Unsuitable):
        remarks.add_by_receipt(code=receipt_code(1), text="还有")
    assert RefusedDeed.objects.count() == before


def test_a_code_opens_its_own_remark_alone(unit):
    anonymous(unit)
    with pytest.raises(Unsuitable):
        remarks.open_by_receipt(code=receipt_code(2))
    with pytest.raises(Unsuitable):
        remarks.open_by_receipt(code="1234")
    other = anonymous(unit, number=2, text="别的事")
    receipt = RemarkReceipt.objects.get(remark=other)
    opener = remark_locks.opener_of(receipt_code(1))
    with pytest.raises(CannotUnlock):
        remark_locks.opened_for_code(opener, receipt.locked_key, remark=other.pk)


def test_s19_a_code_that_is_there_takes_as_long_to_look_up_as_one_that_is_not(unit, monkeypatch):
    monkeypatch.setattr(remark_locks, "COST", 2**12)
    anonymous(unit)

    def took(number: int) -> float:
        begun = perf_counter()
        with suppress(Unsuitable):
            remarks.open_by_receipt(code=receipt_code(number))
        return perf_counter() - begun

    known, unknown = ([], [])
    for number in range(20):
        known.append(took(1))
        unknown.append(took(100 + number))
    assert median(known) < 3 * median(unknown)


def test_the_digest_of_a_code_is_slow():
    begun = perf_counter()
    hashlib.scrypt(b"1", salt=remark_locks.SALT, n=2**14, r=remark_locks.BLOCK, p=1, dklen=64)
    assert perf_counter() - begun > 0.01


def test_s68_erasing_the_writer_takes_the_words_of_a_named_remark_away(unit):
    by = citizen()
    remark = named(unit, by)
    person = Remark.objects.get().person
    erase_person(person, today=business_date())
    with pytest.raises(CannotUnlock):
        remarks.read_remark(by=unit.officer, remark=remark)


def test_nobody_sends_in_anothers_name_and_nobody_answers_twice(unit, other):
    with pytest.raises(Refused):
        remarks.send_remark(by=VISITOR, writing=writing(unit))
    remark = anonymous(unit)
    with pytest.raises(Refused):
        remarks.answer_remark(by=other.officer, remark=remark, outcome="adopted", text="好")
    remarks.answer_remark(by=unit.officer, remark=remark, outcome="partly", text="好")
    with pytest.raises(Refused):
        remarks.answer_remark(by=unit.officer, remark=remark, outcome="adopted", text="好")


def test_an_answer_has_an_outcome_and_a_reason(unit):
    remark = anonymous(unit)
    with pytest.raises(Unsuitable):
        remarks.answer_remark(by=unit.officer, remark=remark, outcome="adopted", text=" ")
    with pytest.raises(Unsuitable):
        remarks.answer_remark(by=unit.officer, remark=remark, outcome="later", text="好")


def test_s64_figures_are_of_months_that_are_over_and_withhold_what_is_small(unit, other):
    move_business_date(to=date(2026, 3, 2))
    for number in range(6):
        remark = anonymous(unit, number=number, text=f"{TEXT}{number}")
        remarks.answer_remark(by=unit.officer, remark=remark, outcome="adopted", text="好")
    anonymous(other, number=20)
    during = figures_until(date(2026, 3, 1), least=5)
    assert (during.received, list(during.offices)) == (0, [])
    after = figures_until(date(2026, 4, 1), least=5)
    assert after.received == 7
    # Seven less six would tell the one.
    assert [each.received for each in after.offices] == [None, None]
    assert after.outcomes["adopted"] == 6


@pytest.mark.django_db(transaction=True)
def test_r05_sent_by_several_at_once_with_one_code_it_is_one_remark(unit):
    def send(_: int) -> object:
        try:
            return anonymous(unit).pk
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as several:
        assert len(set(several.map(send, range(4)))) == 1
    assert (Remark.objects.count(), WaitingRow.objects.count()) == (1, 1)
