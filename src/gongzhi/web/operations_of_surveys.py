"""What can be asked about surveys, and whether pages are understood, as `operations` lists it."""

from gongzhi.web.operation import Operation, deed, own, page

SURVEYS: tuple[Operation, ...] = (
    page("understood"),
    deed("say_understood", form="understood"),
    page("surveys"),
    own("starting-survey"),
    deed("start_survey", makes="survey", signed_in=True, form="starting-survey"),
    page("survey", of="survey"),
    page("answering-survey", of="survey"),
    deed("answer_survey", of="survey", form="answering-survey"),
    page("survey-answered", of="survey"),
    deed("ask_for_link", of="survey", form="answering-survey"),
    deed("open_survey", of="survey"),
    deed("close_survey", of="survey"),
    deed("publish_survey_result", of="survey"),
    deed("invite_respondents", of="survey"),
    page("survey-papers", of="survey"),
    deed("issue_survey_papers", of="survey", form="survey-papers"),
    deed("key_paper_answer", of="survey", form="survey-papers"),
    deed("key_paper_table", verb="key_paper_answer", of="survey", form="survey-papers"),
    deed("settle_paper_answer", of="survey", form="survey-papers"),
    page("survey-paper-forms", of="survey"),
    page("survey-table", of="survey"),
    page("survey-result-file", of="survey"),
)
