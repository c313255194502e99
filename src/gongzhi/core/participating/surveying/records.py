"""The results of a survey as they are kept and sealed: text, numbers and nothing else."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Any

from gongzhi.core.participating.surveying.questions import QuestionKind
from gongzhi.core.participating.surveying.results import QuestionResult, Results, Row
from gongzhi.core.participating.surveying.weighting import Estimate, Weighting
from gongzhi.core.sealed import Sealable


def results_as_record(results: Results) -> dict[str, Sealable]:
    """The results as they stand in their row."""
    weighting = results.weighting
    return {
        "count": results.count,
        "response": _text(results.response),
        "weighted_by": weighting.by,
        "strata": [
            [stratum, count, str(weighting.weights[stratum])]
            for stratum, count in weighting.counts.items()
        ],
        "empty": list(weighting.empty),
        "satisfaction": _estimate(results.satisfaction),
        "questions": [
            {
                "number": each.number,
                "kind": str(each.kind),
                "rows": [
                    {
                        "stratum": row.stratum,
                        "count": row.count,
                        "counts": list(row.counts),
                        "shares": [_estimate(share) for share in row.shares],
                        "mean": _estimate(row.mean),
                    }
                    for row in each.rows
                ],
            }
            for each in results.questions
        ],
    }


def results_from_record(record: Mapping[str, Any]) -> Results:
    """The results again."""
    strata = record["strata"]
    return Results(
        count=record["count"],
        response=_decimal(record["response"]),
        weighting=Weighting(
            by=record["weighted_by"],
            counts={stratum: count for stratum, count, _ in strata},
            weights={stratum: Fraction(weight) for stratum, _, weight in strata},
            empty=tuple(record["empty"]),
        ),
        satisfaction=_estimated(record["satisfaction"]),
        questions=tuple(_question(each) for each in record["questions"]),
    )


def _question(record: Mapping[str, Any]) -> QuestionResult:
    rows = tuple(
        Row(
            stratum=row["stratum"],
            count=row["count"],
            counts=tuple(row["counts"]),
            shares=tuple(_estimated(share) for share in row["shares"]),
            mean=_estimated(row["mean"]),
        )
        for row in record["rows"]
    )
    return QuestionResult(number=record["number"], kind=QuestionKind(record["kind"]), rows=rows)


def _estimate(estimate: Estimate | None) -> Sealable:
    return None if estimate is None else [str(estimate.value), _text(estimate.margin)]


def _estimated(record: Any) -> Estimate | None:
    return record and Estimate(value=Decimal(record[0]), margin=_decimal(record[1]))


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
