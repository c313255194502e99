"""The addresses of meetings."""

from django.urls import path

from gongzhi.web.pages.participation.meetings import (
    action_item,
    attendance,
    calendars,
    lists,
    meeting,
    own_feed,
    papers,
    planning,
    wall,
)

ROOM = "participation/meetings/"
MEETING = f"{ROOM}<uuid:meeting>/"
SERIES = f"{ROOM}series/<uuid:series>/"
ATTENDANCE = f"{ROOM}attendances/<uuid:attendance>/"
ITEM = f"{ROOM}action-items/<uuid:item>/"

urlpatterns = [
    path(ROOM, lists.meetings, name="meetings"),
    path(f"{ROOM}feed.ics", calendars.meetings_feed, name="meetings-feed"),
    path(f"{ROOM}feed/", own_feed.meeting_feed, name="meeting-feed"),
    path(f"{ROOM}feed/<str:token>.ics", own_feed.meeting_feed_file, name="meeting-feed-file"),
    path(f"{ROOM}open_meeting_feed/", own_feed.open_meeting_feed, name="open_meeting_feed"),
    path(
        f"{ROOM}feed/<uuid:feed>/close_meeting_feed/",
        own_feed.close_meeting_feed,
        name="close_meeting_feed",
    ),
    path(f"{ROOM}planning/", planning.planning, name="planning-meetings"),
    path(
        f"{ROOM}start_meeting_series/", planning.start_meeting_series, name="start_meeting_series"
    ),
    path(f"{ROOM}plan_meeting/", planning.plan_meeting, name="plan_meeting"),
    path(SERIES, lists.meeting_series, name="meeting-series"),
    path(f"{SERIES}end_meeting_series/", lists.end_meeting_series, name="end_meeting_series"),
    path(MEETING, meeting.meeting, name="meeting"),
    path(f"{MEETING}wall/", wall.meeting_wall, name="meeting-wall"),
    path(f"{MEETING}calendar/", calendars.meeting_calendar, name="meeting-calendar"),
    path(f"{MEETING}minutes/<slug:ending>/", papers.minutes_paper, name="minutes-paper"),
    path(f"{MEETING}add_agenda_item/", meeting.add_agenda_item, name="add_agenda_item"),
    path(f"{MEETING}send_meeting_papers/", meeting.send_meeting_papers, name="send_meeting_papers"),
    path(f"{MEETING}move_meeting/", meeting.move_meeting, name="move_meeting"),
    path(f"{MEETING}cancel_meeting/", meeting.cancel_meeting, name="cancel_meeting"),
    path(f"{MEETING}take_seat/", meeting.take_seat, name="take_seat"),
    path(f"{MEETING}record_attendance/", meeting.record_attendance, name="record_attendance"),
    path(f"{MEETING}take_up_item/", meeting.take_up_item, name="take_up_item"),
    path(f"{MEETING}pass_resolution/", meeting.pass_resolution, name="pass_resolution"),
    path(f"{MEETING}write_minutes/", meeting.write_minutes, name="write_minutes"),
    path(f"{MEETING}publish_minutes/", meeting.publish_minutes, name="publish_minutes"),
    path(f"{MEETING}assign_action_item/", meeting.assign_action_item, name="assign_action_item"),
    path(ATTENDANCE, attendance.attendance, name="attendance"),
    path(f"{ATTENDANCE}accept_meeting/", attendance.accept_meeting, name="accept_meeting"),
    path(f"{ATTENDANCE}decline_meeting/", attendance.decline_meeting, name="decline_meeting"),
    path(f"{ATTENDANCE}confirm_minutes/", attendance.confirm_minutes, name="confirm_minutes"),
    path(f"{ROOM}action-items/", lists.action_items, name="action-items"),
    path(ITEM, action_item.action_item, name="action-item"),
    path(f"{ITEM}report_action_item/", action_item.report_action_item, name="report_action_item"),
    path(f"{ITEM}close_action_item/", action_item.close_action_item, name="close_action_item"),
]
