"""The desk in a browser: tasks with clocks, files beside a project, a copy known again."""

import re

from journeys.conftest import Come
from journeys.reader import follow

OFFICER, REVIEWER, STRANGER = "weijian", "weijian-shencha", "shenji"
PROJECT = "022"
COPY = {"name": "签到表.csv", "mimeType": "text/csv", "buffer": "姓名,人次\n某人,3\n".encode()}
OTHER = {**COPY, "buffer": "姓名,人次\n某人,4\n".encode()}
CHECKED = "/verify/copy/"


def test_a_task_is_given_found_on_the_desk_and_finished(come: Come):
    reviewer = come(office=REVIEWER)
    page = reviewer.open(reviewer.site.project(PROJECT))
    follow(page.get_by_role("link", name="交办一件事"))
    page.locator("#to").select_option(label="云河市卫生健康局 · 规财科绩效管理岗")
    page.locator("#what").fill("核实培训人次 <b>不是标记</b>")
    page.locator("#clause").select_option("4.16")
    page.locator("#working_days").fill("3")
    assert [*reviewer.axe(), *reviewer.noticed()] == []
    follow(page.get_by_role("button", name="交办", exact=True))
    assert "余 3 个工作日" in page.locator(".clock").inner_text()

    officer = come(office=OFFICER, width=360)
    page = officer.open("/desk/")
    row = page.locator("#waiting li", has_text="核实培训人次 <b>不是标记</b>")
    assert "§ 4.16" in row.inner_text()
    follow(row.get_by_role("link", name="办理交办的事"))
    page.locator("#outcome").fill("已核实")
    follow(page.get_by_role("button", name="办结", exact=True))
    assert "已办结" in page.content()
    assert [*officer.axe(), *officer.noticed()] == []


def test_a_file_is_attached_and_known_again_without_leaving_the_computer(come: Come):
    officer = come(office=OFFICER)
    page = officer.open(officer.site.project(PROJECT))
    follow(page.get_by_role("link", name=re.compile("^附件")))
    page.set_input_files("#file", [COPY])
    page.get_by_label("可公开", exact=True).check()
    follow(page.get_by_role("button", name="保存附件"))
    assert [*officer.axe(), *officer.noticed()] == []

    visitor = come()
    sent: list[str] = []
    visitor.page.on("request", lambda request: sent.append(request.method))
    page = visitor.open(CHECKED)
    page.set_input_files("#file", [COPY])
    follow(page.get_by_role("button", name="核对", exact=True))
    assert "是同一份" in page.locator("#verdict").inner_text()
    assert set(sent) == {"GET"}  # a digest in the address; the file stayed where it was
    page.set_input_files("#file", [OTHER])
    follow(page.get_by_role("button", name="核对", exact=True))
    assert "没有这个文件的指纹" in page.locator("#verdict").inner_text()
    assert [*visitor.axe(), *visitor.noticed()] == []


def test_a_copy_is_checked_without_scripts_too(come: Come):
    officer = come(office=OFFICER, scripts=False)
    page = officer.open(f"{officer.site.project(PROJECT)}#beside")
    follow(page.get_by_role("link", name=re.compile("^附件")))
    page.set_input_files("#file", [COPY])
    page.get_by_label("可公开", exact=True).check()
    follow(page.get_by_role("button", name="保存附件"))

    page = come(scripts=False).open(CHECKED)
    page.set_input_files("#file", [COPY])
    follow(page.get_by_role("button", name="核对", exact=True))
    assert "是同一份" in page.locator("#verdict").inner_text()


def test_a_stranger_sees_neither_tasks_nor_internal_files(come: Come):
    officer = come(office=OFFICER)
    page = officer.open(officer.site.project(PROJECT))
    follow(page.get_by_role("link", name=re.compile("^附件")))
    page.set_input_files("#file", [{**COPY, "name": "内部材料.csv"}])
    page.get_by_label("含商业秘密", exact=True).check()
    follow(page.get_by_role("button", name="保存附件"))
    address = page.url

    stranger = come(office=STRANGER)
    assert stranger.page.goto(address).status == 404
    page = stranger.open(stranger.site.project(PROJECT))
    follow(page.get_by_role("link", name=re.compile("^附件")))
    assert "内部材料" not in page.content()


def test_a_project_is_followed_and_let_go(come: Come):
    stranger = come(office=STRANGER)
    page = stranger.open(stranger.site.project(PROJECT))
    follow(page.get_by_role("button", name="关注", exact=True))
    assert "已关注" in page.locator("#beside").inner_text()
    follow(page.get_by_role("button", name="取消关注"))
    assert page.get_by_role("button", name="关注", exact=True).count() == 1
