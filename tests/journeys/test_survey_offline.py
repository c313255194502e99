"""A survey on a telephone: prepared by an office, answered without a network and counted once."""

from journeys.conftest import Come
from journeys.reader import Reader, follow


def opened(officer: Reader) -> tuple[str, str]:
    """A survey that takes answers, and the number of a paper form of it."""
    page = officer.page
    officer.open("/participation/surveys/starting/")
    page.fill("#title", "社区服务满意度调查")
    page.check("input[name=sampled][value=no]")
    page.fill("#method", "自愿参加")
    page.fill("#closes_on", page.input_value("#opens"))
    page.check("input[name=bank][value=quality]")
    follow(page.locator("#start_survey button.primary"))
    follow(page.locator("#open_survey button"))
    survey = page.url
    page.goto(f"{survey}papers/")
    page.fill("#count", "1")
    follow(page.locator("#issue_survey_papers button"))
    return survey, page.locator(".survey-numbers .figures").first.inner_text()


def test_r05_an_answer_given_without_a_network_is_sent_later_and_once(come: Come):
    officer, citizen = come(office="jingfa"), come(width=360)
    survey, number = opened(officer)
    page = citizen.page
    page.goto(f"{survey}answering/?paper={number}")
    assert citizen.axe() == []
    assert citizen.sideways() == 0
    page.check("input[name=q1][value='4']")
    page.check("input[name=q2][value='5']")

    page.context.set_offline(True)
    page.click("#answer_survey button.primary")
    page.wait_for_selector("[data-waiting]", state="visible")
    page.context.set_offline(False)
    page.wait_for_url("**/answered/")

    assert page.evaluate("localStorage.length") == 0
    page.goto(f"{survey}answering/?paper={number}")
    assert page.locator("#answer_survey").count() == 0
    officer.page.goto(survey)
    assert "1 人已经回答" in officer.page.inner_text("#progress")


def test_a_survey_is_answered_without_scripts(come: Come):
    survey, number = opened(come(office="jingfa"))
    plain = come(scripts=False, width=360)
    plain.page.goto(f"{survey}answering/?paper={number}")
    plain.page.check("input[name=q1][value='1']")
    plain.page.check("input[name=q2][value='2']")
    follow(plain.page.locator("#answer_survey button.primary"))
    assert "收到了" in plain.page.inner_text("h1")
