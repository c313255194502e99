"""The addresses of goals."""

from django.urls import path

from gongzhi.web.pages.goals import aims, budget_file, drafting, lists, papers, project, version

PROJECT, VERSION = "projects/<uuid:project>/", "goals/<uuid:version>/"
UNIT = "goals/of/<uuid:organisation>/"

urlpatterns = [
    path(f"{PROJECT}goals/", project.project_goals, name="project-goals"),
    path(f"{PROJECT}goals/drafting/", drafting.drafting_goals, name="drafting-goals"),
    path(f"{PROJECT}draft_goals/", drafting.draft_goals, name="draft_goals"),
    path(f"{PROJECT}describe_project/", project.describe_project, name="describe_project"),
    path(f"{PROJECT}add_partner/", project.add_partner, name="add_partner"),
    path(f"{PROJECT}end_partner/", project.end_partner, name="end_partner"),
    path(f"{PROJECT}appraise_project/", project.appraise_project, name="appraise_project"),
    path("goals/", lists.goals, name="goals"),
    path(f"{UNIT}reading/", budget_file.reading_budget, name="reading-budget"),
    path(f"{UNIT}drafting/", budget_file.drafting_decided, name="drafting-decided"),
    path(f"{UNIT}draft_budget/", budget_file.draft_budget, name="draft_budget"),
    path(f"{UNIT}submit_budget/", lists.submit_budget, name="submit_budget"),
    path(f"{UNIT}forward_budget/", lists.forward_budget, name="forward_budget"),
    path(f"{UNIT}hand_back_budget/", lists.hand_back_budget, name="hand_back_budget"),
    path(f"{UNIT}return_budget/", lists.return_budget, name="return_budget"),
    path(f"{UNIT}approve_budget/", lists.approve_budget, name="approve_budget"),
    path(f"{UNIT}declarations/<str:ending>/", papers.unit_declarations, name="unit-declarations"),
    path("goals/aims/", aims.aims, name="aims"),
    path("regions/<uuid:region>/announce_aim/", aims.announce_aim, name="announce_aim"),
    path(VERSION, version.goal_version, name="goal-version"),
    path(f"{VERSION}declaration/<str:ending>/", papers.goal_declaration, name="goal-declaration"),
    path(f"{VERSION}adjusting/", drafting.adjusting_goals, name="adjusting-goals"),
    path(f"{VERSION}adjust_goals/", drafting.adjust_goals, name="adjust_goals"),
    path(f"{VERSION}submit_goals/", version.submit_goals, name="submit_goals"),
    path(f"{VERSION}withdraw_goals/", version.withdraw_goals, name="withdraw_goals"),
    path(f"{VERSION}forward_goals/", version.forward_goals, name="forward_goals"),
    path(f"{VERSION}ask_about_goals/", version.ask_about_goals, name="ask_about_goals"),
    path(f"{VERSION}return_goals/", version.return_goals, name="return_goals"),
    path(f"{VERSION}approve_goals/", version.approve_goals, name="approve_goals"),
]
