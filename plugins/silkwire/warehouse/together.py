"""Questions to the warehouse that many visits have at the same time, asked in one trip."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

_GATHER_SECONDS = 0.01

Question = TypeVar("Question")
Answer = TypeVar("Answer")


class Together(Generic[Question, Answer]):
    """What many visits want to know of the warehouse, asked in one trip: it costs more than the answers do."""

    def __init__(self, answer: Callable[[Sequence[Question]], Sequence[Answer]]) -> None:
        """Have questions answered by `answer`, in a thread: an answer for each, in their order."""
        self._answer = answer
        self._turn = asyncio.Lock()
        self._waiting: list[tuple[Question, asyncio.Future[Answer]]] = []

    async def ask(self, question: Question) -> Answer:
        """Have a question answered, by whoever's turn it is: one asks for all that wait by then."""
        answered: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting.append((question, answered))
        async with self._turn:
            if not answered.done():
                await asyncio.sleep(_GATHER_SECONDS)
                asked = list(self._waiting)
                answers = await asyncio.to_thread(self._answer, [question for question, _ in asked])
                del self._waiting[: len(asked)]
                for (_, waiting), answer in zip(asked, answers, strict=True):
                    waiting.set_result(answer)
        return answered.result()
