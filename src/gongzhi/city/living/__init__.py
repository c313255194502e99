"""The demo's year as it is lived: what the invented year tells, done by deeds, day by day."""

from gongzhi.city.living.catching_up import catch_up_with_rules
from gongzhi.city.living.happenings import Happening, When
from gongzhi.city.living.year import live_through, live_until

__all__ = ["Happening", "When", "catch_up_with_rules", "live_through", "live_until"]
