"""Anybody verifies a proof: in their own browser, or on the server without JavaScript."""

from pathlib import Path

import pytest

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
