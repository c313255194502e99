"""The demo's year as it is lived: what the invented year tells, done by deeds, day by day."""

from gongzhi.city.living.year import live_until

__all__ = ["live_until"]
