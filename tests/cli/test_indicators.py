"""`gongzhi indicators`: found by words, by class, by code; what it can't do it says in a line."""

import json

from gongzhi.cli import files
from gongzhi.rules.indicators import load_library


def run(capsys, *given: str) -> tuple[int, str, str]:
    status = files.main(["indicators", *given])
    printed = capsys.readouterr()
    return status, printed.out, printed.err


def test_a_project_s_words_find_its_indicators_best_first(capsys):
    status, out, _ = run(capsys, "小学课后服务")
    assert status == 0
    assert out.splitlines()[0].startswith("205-after-school-coverage")


def test_english_words_find_them_too(capsys):
    _, out, _ = run(capsys, "sewage", "--lang", "en")
    assert "Town sewage treated centrally" in out.splitlines()[0]


def test_a_class_lists_its_own(capsys):
    _, out, _ = run(capsys, "--class", "2050202")
    own = [entry for entry in load_library().values() if entry.suits("205")]
    assert len(out.splitlines()) == len(own) + 1
    assert f"共 {len(own)} 个指标" in out


def test_a_code_shows_everything_and_that_nobody_checked_it(capsys):
    _, out, _ = run(capsys, "205-big-classes", "--lang", "en")
    assert "Why: Oversized classes" in out
    assert "Usual targets: 0–5% (our own, not verified)" in out
    assert "Checked by: nobody yet" in out


def test_what_was_seen_on_published_forms_says_under_which_name(capsys):
    _, out, _ = run(capsys, "205-nutrition-coverage")
    assert "见于已公开的表：营养改善计划覆盖率" in out


def test_json_is_one_object(capsys):
    _, out, _ = run(capsys, "--class", "217", "--json", "--lang", "en")
    found = json.loads(out)["indicators"]
    assert {each["classes"][0] for each in found} == {"217"}
    assert found[0]["checked_by"] == ""
    assert set(found[0]) >= {"code", "name", "why", "formula", "typical", "next_review_on"}


def test_nothing_found_is_an_answer(capsys):
    status, out, _ = run(capsys, "量子引力")
    assert status == 0
    assert out.startswith("共 0 个指标")


def test_an_unknown_class_is_refused_with_those_there_are(capsys):
    status, out, err = run(capsys, "--class", "999")
    assert (status, out) == (2, "")
    assert "没有功能分类 999" in err
    assert "205" in err
