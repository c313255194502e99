"""Nothing of the log lies where its head says that nothing is.

A row written beside the bundle that holds its number, or beyond the head, would be shown and never
hashed. Each question is one statement, which sees one moment of a log that grows.
"""

from collections.abc import Iterator
from typing import Any

from django.db import connection

from gongzhi.core.terms import Said

ROW = "第 {index} 条记录不该在这里：不是日志编的号"
BUNDLE = "从第 {index} 条起的一捆记录不该在这里：不是日志编的号"
TILE = "第 {level} 层第 {number} 块哈希与日志的长度不符：被改动过"
UNCOVERED = "签出过前 {size} 条的检查点，而日志没有这么长：有记录被删去"
TWO_HEADS = "日志的长度和树根记了两份：被改动过"
HEADS = "SELECT id FROM trust_head WHERE id <> 1 LIMIT 1"
ROWS = """
SELECT min("index") FROM trust_logrow LEFT JOIN trust_head ON trust_head.id = 1
WHERE "index" >= coalesce(size, 0) OR "index" < coalesce(size, 0) / 256 * 256
"""
BUNDLES = """
SELECT min(number) * 256 FROM trust_bundle LEFT JOIN trust_head ON trust_head.id = 1
WHERE number >= coalesce(size, 0) / 256 OR number < 0
"""
TILES = """
SELECT level, number FROM trust_tile LEFT JOIN trust_head ON trust_head.id = 1
WHERE level NOT BETWEEN 0 AND 7 OR number < 0
    OR octet_length(hashes) <> 32 * least(256, (coalesce(size, 0) >> 8 * level) - number * 256)
ORDER BY level, number LIMIT 1
"""
CHECKPOINTS = """
SELECT min(trust_signedcheckpoint.size) FROM trust_signedcheckpoint
LEFT JOIN trust_head ON trust_head.id = 1
WHERE trust_signedcheckpoint.size > coalesce(trust_head.size, 0)
"""


def first_beyond() -> Iterator[Said]:
    """The first row, bundle, tile, head and checkpoint that the head doesn't cover."""
    for (index,) in _found(ROWS):
        yield Said(ROW, {"index": index})
    for (index,) in _found(BUNDLES):
        yield Said(BUNDLE, {"index": index})
    for level, number in _found(TILES):
        yield Said(TILE, {"level": level, "number": number})
    if _found(HEADS):
        yield Said(TWO_HEADS)
    for (size,) in _found(CHECKPOINTS):
        yield Said(UNCOVERED, {"size": size})


def _found(statement: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [row for row in cursor.fetchall() if row[0] is not None]
