"""App: organisations, people, offices, the charter in force, act()."""
