"""Every attack of the hostile server is withstood: with the outcome it deserves, in bounded time and memory."""

from collections.abc import Iterator

import pytest

from silkwire.poll.parser import ParserPool
from tests.hostile import Victim, serving
from tests.hostile_attacks import ATTACKS
from tests.hostile_steps import Attack


@pytest.fixture(scope="module")
def victim() -> Iterator[Victim]:
    with serving() as port, ParserPool(2, workers=1) as pool:
        yield Victim(port, pool)


def test_there_are_enough_attacks_and_each_has_a_name_of_its_own() -> None:
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS) >= 55


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_an_attack_comes_to_no_more_than_its_outcome(victim: Victim, attack: Attack) -> None:
    result = victim.meet(attack)
    assert result.outcome in attack.outcomes, result.detail
    assert result.seconds < attack.seconds
    assert result.megabytes < attack.megabytes


def test_a_second_answer_nobody_asked_for_is_not_taken_for_the_next_page(victim: Victim) -> None:
    first, second = victim.get_both("body-longer-than-told", "html-as-bytes")
    assert b"A page" in first
    assert b"evil" not in second
