"""Files of rules read key by key: what is wrong is told with its line."""

import pytest

from gongzhi.rules.entry import BadRules, Entry, read_rules

TWO = """[[thing]]
code = "one"
count = { most = 3 }

[[thing]]
code = "two"
count = { most = 4 }
"""


@pytest.fixture
def read(tmp_path):
    def things(text: str) -> dict[str, dict]:
        path = tmp_path / "things.toml"
        path.write_text(text, encoding="utf-8")
        return read_rules(path).tables_by("thing", name="code", read=counted)

    return things


def counted(entry: Entry) -> dict:
    return entry.named("count", names=("most",), read=Entry.number)


def test_tables_are_found_by_what_names_them(read):
    assert read(TWO) == {"one": {"most": 3}, "two": {"most": 4}}


@pytest.mark.parametrize(
    ("good", "bad", "line", "reason"),
    [
        ('"two"', '"one"', 6, "代码 one 出现两次"),
        ("most = 4", "least = 4", 7, "缺少 count.most"),
        ("most = 4", "most = 4, least = 1", 7, "这里不能写 count.least"),
        ("most = 4 }", "most = 4 }\nmore = 1", 8, "这里不能写 more"),
    ],
)
def test_a_slip_is_told_with_its_line(read, good, bad, line, reason):
    with pytest.raises(BadRules, match=reason) as caught:
        read(TWO.replace(good, bad))
    assert caught.value.line == line
