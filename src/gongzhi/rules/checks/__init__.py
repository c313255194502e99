"""The rules of the form check: codes with their names and texts, thresholds, words."""

from gongzhi.rules.checks.reading import CheckRule, check_name, load_checks

__all__ = ["CheckRule", "check_name", "load_checks"]
