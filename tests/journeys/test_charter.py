"""The rules: under which document each part holds, and how they change, from proposal to right."""

from datetime import date

from gongzhi.parties.business_date import business_date
from journeys.conftest import Come
from journeys.reader import Reader, follow

LEGAL, ISSUER, SOCIAL, AUDITOR, CITIZENS = "sifa", "zhengfuban", "shezu", "shenji", "qiye"
DRAFT = "012"
COMMENTS_DAYS = 31
RIGHTS = (("view_project", "registered"), ("view_form_version", "draft"))
DOCUMENT = "云政发〔2026〕7号"


def test_a_legal_office_sees_under_which_document_each_part_is_in_force(come: Come):
    legal = come(office=LEGAL)
    page = legal.open("/charter/adoption/")
    rows = page.locator("tbody tr")
    assert rows.count() == 12
    assert "云政发〔2026〕1号" in rows.nth(4).inner_text()
    assert "云河市人民政府" in rows.nth(4).inner_text()
    assert "尚未在本地施行" in rows.nth(9).inner_text()
    page.get_by_role("link", name="第 10 章").click()
    assert "本地还没有机关对这一章作过决定" in page.content()
    assert page.get_by_role("button", name="施行这一章").count() == 0
    assert legal.noticed() == []


def test_a_social_organisation_shows_the_clause_that_obliges_an_answer(come: Come):
    page = come(office=SOCIAL, scripts=False).open("/charter/clauses/5.6/")
    assert "工作日内" in page.locator(".owed").inner_text()
    assert page.locator(".clause-paper .qr svg").count() == 1
    assert "/charter/clauses/5.6/" in page.locator(".clause-paper").inner_text()


def test_the_rules_are_read_without_javascript_on_a_telephone(come: Come):
    page = come(scripts=False, width=360).open("/charter/")
    page.locator("#q").fill("不得自审")
    follow(page.get_by_role("button", name="找", exact=True))
    assert page.locator(".clause-row").count() == 1
    page.locator(".clause-row h3 a").click()
    assert page.url.endswith("/charter/clauses/3.3/")


def propose(come: Come) -> tuple[Reader, str]:
    """A social organisation proposes that auditors may read drafts; its address."""
    social = come(office=SOCIAL)
    page = social.open("/charter/clauses/6.2/")
    page.get_by_role("link", name="提出修改这一条").click()
    page.locator("#title").fill("审计机关可以查阅草稿")
    page.locator("#reason").fill("早看早提醒。")
    old = page.locator("textarea[name='text_zh.6.2']").input_value()
    page.locator("textarea[name='text_zh.6.2']").fill(old + "审计机关为审计需要可以查阅草稿。")
    english = page.locator("textarea[name='text_en.6.2']")
    english.fill(english.input_value() + " Auditors may read drafts for their audits.")
    for row, (verb, stage) in enumerate(RIGHTS):
        page.locator("[name=grant_party]").nth(row).select_option("audit")
        page.locator("[name=grant_verb]").nth(row).select_option(verb)
        page.locator("[name=grant_own_unit]").nth(row).select_option("no")
        page.locator("[name=grant_stage]").nth(row).select_option(stage)
        follow(page.get_by_role("button", name="看看会改变什么"))
    seen = page.locator("#seen").inner_text()
    assert "审计机关" in seen
    assert "查看自评表" in seen
    assert "审计机关为审计需要可以查阅草稿。" in page.locator("#seen ins").all_inner_texts()[0]
    follow(page.get_by_role("button", name="提出修改"))
    assert "修改已提出" in page.content()
    return social, page.url


def test_from_a_proposal_to_a_right_on_the_next_request(come: Come, days_later):
    auditor = come(office=AUDITOR)
    draft = auditor.site.version(DRAFT, stage="draft")
    assert auditor.open("/").goto(auditor.site.url + draft).status == 404
    social, address = propose(come)

    page = come(office=CITIZENS).page
    page.goto(address)
    page.locator("#text").fill("赞成；建议写明用途。")
    follow(page.get_by_role("button", name="发表意见"))
    assert "赞成；建议写明用途。" in page.locator("#comments").inner_text()

    legal = come(office=LEGAL).page
    legal.goto(address)
    legal.get_by_label("通过：").check()
    legal.locator("#opinion").fill("与审计法一致。")
    legal.locator("#review-number").fill("云司审〔2026〕3号")
    follow(legal.get_by_role("button", name="提交审核意见"))
    assert "云司审〔2026〕3号" in legal.locator("#review").inner_text()

    issuer = come(office=ISSUER)
    page = issuer.page
    page.goto(address)
    fill_in_the_issue(page, business_date())
    assert page.get_by_text("征求意见期到").count() > 0
    day = days_later(COMMENTS_DAYS)
    page.goto(address)
    fill_in_the_issue(page, day)
    assert "已签发" in page.locator("#issued").inner_text()
    assert DOCUMENT in page.locator("#issued").inner_text()

    assert auditor.page.goto(auditor.site.url + draft).status == 200
    page = auditor.open("/charter/")
    assert "现行第 2 版" in page.content()
    assert "审计机关为审计需要可以查阅草稿。" in page.locator("#clause-6\\.2").inner_text()
    assert "加入规则" in auditor.open("/charter/clauses/6.2/").content()
    assert [*auditor.noticed(), *social.noticed(), *issuer.noticed()] == []


def fill_in_the_issue(page, day: date) -> None:
    page.locator("#authority").fill("云河市人民政府")
    page.locator("#document_number").fill(DOCUMENT)
    page.locator("#in_force_from").fill(day.isoformat())
    page.locator("#answer").fill("采纳：已写明用途。")
    follow(page.get_by_role("button", name="签发", exact=True))


def test_r08_whoever_revises_what_somebody_revised_sees_both(come: Come):
    _social, address = propose(come)
    one, other = come(office=SOCIAL).page, come(office=SOCIAL).page
    for page in (one, other):
        page.goto(address)
        page.get_by_role("link", name="修改这一稿").click()
    one.locator("#reason").fill("先改的理由。")
    one.locator("textarea[name='text_zh.6.2']").fill("先改的条文。")
    follow(one.get_by_role("button", name="提出新的一稿"))
    other.locator("#reason").fill("后改的理由。")
    other.locator("textarea[name='text_zh.6.2']").fill("后改的条文。")
    follow(other.get_by_role("button", name="提出新的一稿"))
    assert "别人先改了" in other.content()
    for said in ("先改的理由。", "后改的理由。", "先改的条文", "后改的条文"):
        assert said in other.locator("main").inner_text().replace("\n", "")
    follow(other.get_by_role("button", name="从我的稿子接着改"))
    assert other.locator("textarea[name='text_zh.6.2']").input_value() == "后改的条文。"
    follow(other.get_by_role("button", name="提出新的一稿"))
    assert "新的一稿已提出" in other.content()
