"""What drafted goals are checked by (checks.toml) and how a field is filled in well or badly."""

from gongzhi.rules.goals.reading import Example, load_examples, load_goal_rules, read_goal_rules

__all__ = ["Example", "load_examples", "load_goal_rules", "read_goal_rules"]
