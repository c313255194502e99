"""How long invitations and delegations last, and which roles go together (offices.toml)."""

from gongzhi.rules.offices.reading import OfficeRules, load_office_rules, office_rules

__all__ = ["OfficeRules", "load_office_rules", "office_rules"]
