"""An ordinary run takes a part of each sweep, and in the end every part (docs/howto/develop.md)."""

from sampling import Sample, lasting, word_of_commit

NAMES = [f"page {number}" for number in range(300)]
WORDS = [f"commit {number}" for number in range(40)]


def test_a_word_takes_the_same_part_each_time_and_about_one_of_so_many():
    for word in WORDS:
        taken = [name for name in NAMES if Sample(word).takes(name, one_of=3)]
        assert taken == [name for name in NAMES if Sample(word).takes(name, one_of=3)]
        assert 60 <= len(taken) <= 140


def test_other_words_come_to_everything():
    for name in NAMES:
        turns = sum(Sample(word).takes(name, one_of=3) for word in WORDS)
        assert 0 < turns < len(WORDS)


def test_the_full_numbers_are_everything():
    assert all(Sample("any", whole=True).takes(name, one_of=3) for name in NAMES)


def test_what_each_run_makes_anew_has_no_say():
    assert lasting("/goals/01a21bbc-cf54-7fbe-b926-d80385f9151c/submit/") == "/goals/…/submit/"


def test_the_word_is_one_word():
    assert word_of_commit().isalnum()
