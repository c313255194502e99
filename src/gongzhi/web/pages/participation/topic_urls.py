"""The addresses of topics and of moderation."""

from django.urls import path

from gongzhi.web.pages.participation import moderation, opinion_map, topic, topics

ROOM = "participation/moderation/"
TOPIC = "participation/topics/<uuid:topic>/"
STATEMENT = "participation/statements/<uuid:statement>/"
HIDING = f"{ROOM}<uuid:hiding>/"

urlpatterns = [
    path(ROOM, moderation.moderation, name="moderation"),
    path(f"{ROOM}post/", moderation.post, name="post"),
    path(f"{ROOM}hide_post/", moderation.hide_post, name="hide_post"),
    path(f"{ROOM}report_post/", moderation.report_post, name="report_post"),
    path(f"{ROOM}reports/<uuid:report>/keep_post/", moderation.keep_post, name="keep_post"),
    path(HIDING, moderation.hiding, name="hiding"),
    path(f"{HIDING}appeal_hiding/", moderation.appeal_hiding, name="appeal_hiding"),
    path(f"{HIDING}decide_appeal/", moderation.decide_appeal, name="decide_appeal"),
    path("participation/topics/", topics.topics, name="topics"),
    path("participation/topics/open_topic/", topics.open_topic, name="open_topic"),
    path(TOPIC, topic.topic, name="topic"),
    path(f"{TOPIC}submit_statement/", topic.submit_statement, name="submit_statement"),
    path(f"{TOPIC}close_topic/", topic.close_topic, name="close_topic"),
    path(f"{TOPIC}export_stances/", topic.export_stances, name="export_stances"),
    path(f"{TOPIC}groups/", opinion_map.opinion_map, name="opinion-map"),
    path(f"{TOPIC}groups/groups.zip", opinion_map.stance_matrix, name="stance-matrix"),
    path(
        f"{TOPIC}record_common_ground/",
        opinion_map.record_common_ground,
        name="record_common_ground",
    ),
    path(f"{STATEMENT}take_stance/", topic.take_stance, name="take_stance"),
    path(f"{STATEMENT}withdraw_statement/", topic.withdraw_statement, name="withdraw_statement"),
]
