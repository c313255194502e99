from gongzhi.cli.monitoring_reference import monitoring
from gongzhi.core.monitoring import SIGNALS
from gongzhi.core.monitoring.alert import TRANSITIONS
from house.tree import REPOSITORY


def test_the_page_about_monitoring_is_fresh() -> None:
    page = REPOSITORY / "docs" / "reference" / "monitoring.md"

    assert page.read_text(encoding="utf-8") == monitoring(), "run ./run docs"


def test_the_page_shows_every_signal_and_draws_every_step() -> None:
    page = monitoring()
    assert all(f"[`{each.code}`]" in page for each in SIGNALS)
    assert all(f"{each.stage} --> {each.to}: {each.verb} (" in page for each in TRANSITIONS)
