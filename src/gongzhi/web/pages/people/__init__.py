"""Who takes part: organisations, their people and offices, and how one gets in."""
