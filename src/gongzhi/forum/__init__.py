"""App: what parties say together: processes, voices, surveys, meetings, panels, remarks."""
