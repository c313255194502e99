"""What a form gets wrong: CHECKS, one file each, in the order of the forms' rules."""

from gongzhi.core.audit.checked import CheckedForm, check_form
from gongzhi.core.audit.checks import CHECKS

__all__ = ["CHECKS", "CheckedForm", "check_form"]
