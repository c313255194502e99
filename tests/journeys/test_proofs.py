"""Anybody verifies a proof: in their own browser, or on the server without JavaScript."""

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

from journeys.conftest import Come
from journeys.reader import Reader, follow

INDEX = 60


def fetched(reader: Reader, tmp_path: Path) -> list[Path]:
    """The two files of an entry, as a reader downloads them."""
    page = reader.open(f"/ledger/{INDEX}/")
    paths = []
    for name in ("证明文件", "记录文件"):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        paths.append(tmp_path / download.value.suggested_filename)
        download.value.save_as(paths[-1])
    return paths


def verdict(reader: Reader, files: list[Path]) -> str:
    page = reader.open("/verify/")
    page.set_input_files("#proof", files[0])
    page.set_input_files("#record", files[1])
    page.get_by_role("button", name="验证", exact=True).click()
    page.wait_for_selector("[data-verdict] .notice")
    return page.locator("[data-verdict] .notice").inner_text()


@pytest.mark.parametrize("scripts", [True, False])
def test_a_proof_holds(come: Come, tmp_path: Path, scripts: bool):
    reader = come(scripts=scripts)
    assert f"第 {INDEX} 号存证" in verdict(reader, fetched(reader, tmp_path))
    assert reader.noticed() == []


@pytest.mark.parametrize("scripts", [True, False])
def test_an_altered_record_fails(come: Come, tmp_path: Path, scripts: bool):
    reader = come(scripts=scripts)
    files = fetched(reader, tmp_path)
    files[1].write_bytes(files[1].read_bytes().replace(b'"v":1', b'"v":2'))
    assert "证明不成立" in verdict(reader, files)


def test_no_file_leaves_a_browser_that_verifies_itself(come: Come, tmp_path: Path):
    reader = come()
    files = fetched(reader, tmp_path)
    asked: list[str] = []
    reader.page.on("request", lambda request: asked.append(request.method))
    verdict(reader, files)
    assert "POST" not in asked


def test_a_forgotten_file_is_asked_for(come: Come):
    page = come(scripts=False).open("/verify/")
    follow(page.get_by_role("button", name="验证", exact=True))
    assert "请同时选证明文件和记录文件。" in page.locator(".error-summary").inner_text()


def test_an_entry_is_verified_where_it_stands(come: Come):
    for scripts in (True, False):
        reader = come(scripts=scripts)
        page = reader.open(f"/ledger/{INDEX}/")
        page.get_by_role("button", name="现在验证").click()
        page.wait_for_selector("[data-verdict] .kept")
        assert reader.noticed() == []


def mark_in(page: Page) -> Locator:
    """The first seal mark of the list of forms."""
    return page.locator("main a.seal").first


def test_a_seal_mark_verifies_where_it_stands(come: Come):
    reader = come()
    page = reader.open("/forms/")
    address = page.url
    mark_in(page).click()
    page.wait_for_selector(".seal-verdict .kept")
    assert "证明成立" in page.locator(".seal-verdict").inner_text()
    assert page.url == address
    assert reader.noticed() == []
    follow(page.get_by_role("link", name="看这一条存证"))
    assert "/ledger/" in page.url


def test_a_seal_mark_of_an_altered_record_says_so(come: Come):
    reader = come()
    page = reader.open("/forms/")
    page.route("**/record/", lambda route: route.fulfill(body=b'{"v":2}'))
    mark_in(page).click()
    page.wait_for_selector(".seal-verdict .fault")
    assert "由这份记录算不出检查点的根" in page.locator(".seal-verdict").inner_text()


def test_where_nothing_can_be_verified_a_seal_mark_leads_to_its_entry(come: Come):
    page = come(scripts=False).open("/forms/")
    follow(mark_in(page))
    assert "/ledger/" in page.url
    page = come().open("/forms/")
    page.route("**/verify/words/", lambda route: route.abort())
    follow(mark_in(page))
    assert "/ledger/" in page.url


def test_the_verifier_in_one_file_checks_what_the_site_gives_without_it(come: Come, tmp_path: Path):
    reader = come()
    files = fetched(reader, tmp_path)
    page = reader.open("/verify/")
    with page.expect_download() as download:
        page.get_by_role("link", name="下载离线验证网页").click()
    saved = tmp_path / download.value.suggested_filename
    download.value.save_as(saved)
    page.context.set_offline(True)
    page.goto(saved.as_uri())
    page.wait_for_selector("#unable", state="detached")
    page.set_input_files("#proof", files[0])
    page.set_input_files("#record", files[1])
    page.locator("button.primary").click()
    page.wait_for_selector("html[data-verdict=good]")
    assert f"第 {INDEX} 号存证" in page.locator("#verdict").inner_text()
