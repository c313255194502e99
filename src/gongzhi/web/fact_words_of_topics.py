"""The words for what entries of the log say of topics, their maps, and posts that aren't shown."""

from collections.abc import Mapping

from gongzhi.web.fact import As, Fact, read_as, text, thing

TOPIC_BY_VERB: Mapping[tuple[str, str], Fact] = {
    ("close_topic", "count"): text("表态的次数"),
    ("close_topic", "result"): read_as("各条合计的摘要", As.CODE),
    ("export_stances", "count"): text("表态的人数"),
    ("export_stances", "file"): read_as("态度表的摘要", As.CODE),
    ("publish_opinion_map", "count"): text("表态的人数"),
    ("publish_opinion_map", "result"): read_as("共识地图的摘要", As.CODE),
    ("publish_opinion_map", "file"): read_as("态度表的摘要", As.CODE),
    ("record_common_ground", "count"): text("观点的条数"),
    ("record_common_ground", "text"): text("用在哪里"),
    ("record_common_ground", "version"): thing("写进的绩效目标", "goal_version"),
    ("keep_post", "count"): text("举报的件数"),
    ("decide_appeal", "outcome"): read_as("申诉的结果", As.CHOICE),
}
