"""Answers to a survey per second, beside a bare insert that is unique; and how its result grows.

    ./run bench surveys [seconds…]        # 30 unless told; issue 7 asks for 600

Each answer is a whole deed: the charter is asked, the survey held open, a paper's number used up,
the respondent marked, the answer locked away. Beside it, in the same run and with as many threads,
a bare insert into a table with such a unique constraint. None may be lost: at the close as many
answers come out as were taken. The result is computed of 200 answers and of 100 times as many.
"""

import random
import sys
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import psycopg
from django.db import connection
from django.utils.module_loading import import_string
from installation import installation
from measuring import fingerprint, seconds, table
from people import founded

from gongzhi.core.charter import VISITOR
from gongzhi.core.participating.surveying import Frame, results_of
from gongzhi.rules.participation.surveys import load_question_bank, load_surveys

SECONDS, THREADS, PAPERS_A_SECOND = 30, 4, 400
SIZES = (200, 20_000)
GIVEN = {1: ["4"]}
QUESTION = load_question_bank().questions["overall"].numbered(1)


def main() -> None:
    durations = [int(given) for given in sys.argv[1:]] or [SECONDS]
    print(fingerprint(), "\n")
    with installation() as (_, owner):
        bureau = founded()
        lines = [line for each in durations for line in measured(bureau, owner, duration=each)]
        connection.close()
    print(table(["what", "threads", "seconds", "done", "a second", "came out"], lines), "\n")
    grown = [[f"{size:,}", f"{seconds(lambda size=size: computed(size)):.2f}"] for size in SIZES]
    print(table(["answers", "result, s"], grown))


def measured(bureau: Any, owner: str, *, duration: int) -> list[list[str]]:
    bare = bare_inserts(owner, duration=duration)
    survey, numbers = surveyed(bureau, papers=duration * PAPERS_A_SECOND)
    answer = import_string("gongzhi.forum.actions.surveys.answer_survey")
    voice = import_string("gongzhi.forum.actions.surveys.Voice")

    def one(position: int) -> None:
        answer(by=VISITOR, survey=survey, given=GIVEN, voice=voice(paper=numbers[position]))

    taken = all_together(lambda: one, duration=duration, most=len(numbers))
    came_out = str(closed(survey, bureau))
    return [
        ["bare unique insert", str(THREADS), str(duration), *rate(bare, duration), ""],
        ["answer_survey", str(THREADS), str(duration), *rate(taken, duration), came_out],
    ]


def rate(done: int, duration: int) -> list[str]:
    return [f"{done:,}", f"{done / duration:.0f}"]


def all_together(begin: Callable[[], Callable[[int], None]], *, duration: int, most: int) -> int:
    """How often it is done in that time by all threads, each with numbers of its own."""
    until, done = time.monotonic() + duration, [0] * THREADS

    def run(thread: int) -> None:
        work = begin()
        while time.monotonic() < until and thread + done[thread] * THREADS < most:
            work(thread + done[thread] * THREADS)
            done[thread] += 1
        connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(THREADS)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    return sum(done)


def bare_inserts(owner: str, *, duration: int) -> int:
    with psycopg.connect(owner, autocommit=True) as one:
        one.execute("DROP TABLE IF EXISTS bare; CREATE TABLE bare (who text UNIQUE, said bytea)")

    def begin() -> Callable[[int], None]:
        own = psycopg.connect(owner, autocommit=True)
        return lambda number: (
            own.execute("INSERT INTO bare VALUES (%s, %s)", [str(number), b"x" * 200]) and None
        )

    return all_together(begin, duration=duration, most=10**9)


def surveyed(bureau: Any, *, papers: int) -> tuple[Any, list[str]]:
    """A survey that takes answers, and the numbers of so many papers."""
    models = "gongzhi.forum.models"
    today = import_string("gongzhi.parties.business_date.business_date")()
    survey = import_string(f"{models}.Survey").objects.create(
        title="满意吗", organisation=bureau, sampled=False, method="自愿", stage="open",
        opens_on=today, closes_on=today + timedelta(days=9),
    )  # fmt: skip
    import_string(f"{models}.SurveyQuestion").objects.create(
        survey=survey, number=1, kind="scale", text="满意吗"
    )
    paper = import_string(f"{models}.SurveyPaper")
    numbers = [f"{number:010}" for number in range(papers)]
    paper.objects.bulk_create(
        [paper(survey=survey, number=number) for number in numbers], batch_size=5000
    )
    return survey, numbers


def closed(survey: Any, bureau: Any) -> int:
    """How many answers come out at the close."""
    offices, today = "gongzhi.parties.actions.offices", "gongzhi.parties.business_date"
    person = import_string("gongzhi.parties.actions.setting_up.register_person")(
        by=import_string("gongzhi.core.charter.SYSTEM"),
        username=f"officer{survey.pk}", name="某人", organisation=bureau,
    )  # fmt: skip
    office = import_string(f"{offices}.assign_office")(
        by=import_string("gongzhi.core.charter.SYSTEM"), person=person, organisation=bureau,
        title="绩效岗", roles=["officer"], since_on=import_string(f"{today}.business_date")(),
    )  # fmt: skip
    by = import_string("gongzhi.parties.members.member_in")(office, second_factor=True, fresh=True)
    import_string("gongzhi.forum.actions.surveys.close_survey")(by=by, survey=survey)
    return int(survey.answers.count())


def computed(size: int) -> Any:
    chance = random.Random(size)
    answers = [{"1": chance.randint(1, 5)} for _ in range(size)]
    frame = Frame(sampled=True, asked=size, population=size * 10)
    return results_of([QUESTION], answers, frame=frame, rules=load_surveys())


if __name__ == "__main__":
    main()
