"""The addresses of surveys, and of the tap on every page."""

from django.urls import path

from gongzhi.web.pages.participation import understood
from gongzhi.web.pages.participation.surveys import (
    answering,
    files,
    papers,
    room,
    running,
    starting,
    survey,
)

ROOM = "participation/surveys/"
SURVEY = f"{ROOM}<uuid:survey>/"

urlpatterns = [
    path("participation/understood/", understood.understood, name="understood"),
    path(
        "participation/understood/say_understood/",
        understood.say_understood,
        name="say_understood",
    ),
    path(ROOM, room.surveys, name="surveys"),
    path(f"{ROOM}starting/", starting.starting, name="starting-survey"),
    path(f"{ROOM}start_survey/", starting.start_survey, name="start_survey"),
    path(SURVEY, survey.survey, name="survey"),
    path(f"{SURVEY}answering/", answering.answering, name="answering-survey"),
    path(f"{SURVEY}answer_survey/", answering.answer_survey, name="answer_survey"),
    path(f"{SURVEY}answered/", answering.answered, name="survey-answered"),
    path(f"{SURVEY}ask_for_link/", answering.ask_for_link, name="ask_for_link"),
    path(f"{SURVEY}open_survey/", running.open_survey, name="open_survey"),
    path(f"{SURVEY}close_survey/", running.close_survey, name="close_survey"),
    path(
        f"{SURVEY}publish_survey_result/",
        running.publish_survey_result,
        name="publish_survey_result",
    ),
    path(f"{SURVEY}invite_respondents/", running.invite_respondents, name="invite_respondents"),
    path(f"{SURVEY}papers/", papers.papers, name="survey-papers"),
    path(f"{SURVEY}issue_survey_papers/", papers.issue_survey_papers, name="issue_survey_papers"),
    path(f"{SURVEY}key_paper_answer/", papers.key_paper_answer, name="key_paper_answer"),
    path(f"{SURVEY}key_paper_table/", papers.key_paper_table, name="key_paper_table"),
    path(f"{SURVEY}settle_paper_answer/", papers.settle_paper_answer, name="settle_paper_answer"),
    path(f"{SURVEY}forms/", files.paper_forms, name="survey-paper-forms"),
    path(f"{SURVEY}table/", files.table, name="survey-table"),
    path(f"{SURVEY}result/", files.result_file, name="survey-result-file"),
]
