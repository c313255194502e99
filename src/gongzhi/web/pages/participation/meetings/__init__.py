"""Meetings: lists, planning, the meeting itself, the wall, calendars, what was agreed."""
