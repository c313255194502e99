"""The addresses of participation; each room of it adds a line."""

from django.urls import path

from gongzhi.web.pages.participation import home, processes, stakeholders, starting
from gongzhi.web.pages.participation import topic_urls as topics
from gongzhi.web.pages.participation.compensation import urls as compensation
from gongzhi.web.pages.participation.health import urls as health
from gongzhi.web.pages.participation.joint import urls as joint
from gongzhi.web.pages.participation.market import urls as market
from gongzhi.web.pages.participation.meetings import urls as meetings
from gongzhi.web.pages.participation.negotiations import urls as negotiations
from gongzhi.web.pages.participation.panels import urls as panels
from gongzhi.web.pages.participation.recount import urls as recount
from gongzhi.web.pages.participation.remarks import urls as remarks
from gongzhi.web.pages.participation.surveys import urls as surveys
from gongzhi.web.pages.participation.voices import urls as voices
from gongzhi.web.pages.participation.votes import urls as votes

PROCESS = "participation/processes/<uuid:process>/"
REGISTER = "participation/stakeholders/<uuid:project>/"
STAKEHOLDER = "participation/stakeholders/of/<uuid:stakeholder>/"

urlpatterns = [
    path("participation/", home.participation, name="participation"),
    path("participation/processes/", processes.processes, name="processes"),
    path("participation/processes/starting/", starting.starting, name="process-starting"),
    path("participation/processes/start_process/", starting.start_process, name="start_process"),
    path(PROCESS, processes.process, name="process"),
    path(f"{PROCESS}move_phases/", processes.move_phases, name="move_phases"),
    path(f"{PROCESS}conclude_process/", processes.conclude_process, name="conclude_process"),
    path(f"{PROCESS}withdraw_process/", processes.withdraw_process, name="withdraw_process"),
    path(REGISTER, stakeholders.stakeholders, name="stakeholders"),
    path(
        f"{REGISTER}register_stakeholder/",
        stakeholders.register_stakeholder,
        name="register_stakeholder",
    ),
    path(
        f"{STAKEHOLDER}invite_stakeholder/",
        stakeholders.invite_stakeholder,
        name="invite_stakeholder",
    ),
    path(f"{STAKEHOLDER}note_stakeholder/", stakeholders.note_stakeholder, name="note_stakeholder"),
    *health.urlpatterns,
    *voices.urlpatterns,
    *remarks.urlpatterns,
    *surveys.urlpatterns,
    *topics.urlpatterns,
    *meetings.urlpatterns,
    *panels.urlpatterns,
    *market.urlpatterns,
    *joint.urlpatterns,
    *compensation.urlpatterns,
    *votes.urlpatterns,
    *recount.urlpatterns,
    *negotiations.urlpatterns,
]
