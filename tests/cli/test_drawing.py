"""`gongzhi draw`: a published draw done again without a database; what differs ends with 1."""

import json

import pytest

from core.participating.test_published_draws import announced, held
from gongzhi.cli import files
from gongzhi.core.participating.sortition.published import written


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "draw.json"

    def write(data):
        path.write_text(json.dumps(data, ensure_ascii=False))
        return str(path)

    return write


def draw(capsys, *given):
    status = files.main(["draw", *given])
    out = capsys.readouterr()
    return status, out.out, out.err


def test_anybody_draws_the_same_panel_again(capsys, file):
    status, out, _ = draw(capsys, file(written(held())), "--fair", "--json")
    told = json.loads(out)
    assert status == 0
    assert told["panel"] == list(held().panel)
    assert told["reserve"] == list(held().reserve)
    assert told["digest"] == announced().digest
    assert told["faults"] == []
    assert 0 < told["chance_least"] <= told["chance_most"] <= 1


def test_a_panel_changed_afterwards_ends_with_one(capsys, file):
    data = {**written(held()), "panel": ["000", "001", "002", "003"]}
    status, out, _ = draw(capsys, file(data), "--lang", "zh")
    assert status == 1
    assert "抽中的人与文件写的不同" in out


def test_before_the_draw_it_says_so(capsys, file):
    status, out, _ = draw(capsys, file(written(announced())), "--lang", "zh")
    assert status == 0
    assert "还没有抽" in out


@pytest.mark.parametrize("content", ["", "{", '{"format": "x"}', "[" * 100_000])
def test_what_is_no_draw_is_one_line_and_two(capsys, tmp_path, content):
    path = tmp_path / "draw.json"
    path.write_text(content)
    status, out, err = draw(capsys, str(path))
    assert (status, out) == (2, "")
    assert err.count("\n") == 1


def test_a_file_that_isnt_there_is_two(capsys, tmp_path):
    status, _, err = draw(capsys, str(tmp_path / "nothing.json"))
    assert status == 2
    assert "nothing.json" in err
