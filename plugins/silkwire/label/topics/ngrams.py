"""Texts as bags of hashed character n-grams, in numpy alone: what the topic model reads where no encoder does.

An n-gram is two to five characters of a word with a space at either end of it; digits count as one. Endings and
compounds need no rules this way: `мұғалім`, `мұғалімдер` and `мұғалімдердің` share most of theirs.
"""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LENGTH = 1000  # folded characters of a text that are read
_SHORTEST, _LONGEST = 2, 5
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_DIGIT = re.compile(r"\d")
_BASE = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xD6E8FEB86659FD93)
_HALF = np.uint64(32)


@dataclass(frozen=True, slots=True)
class Grams:
    """The n-grams of a text by their hashes: `keys[i]` belongs to word `words[i]`, which lies at `spans[words[i]]`."""

    keys: NDArray[np.uint32]
    words: NDArray[np.int64]
    spans: tuple[tuple[int, int], ...]


def grams(folded: str) -> Grams:
    """Cut the beginning of a folded text into n-grams."""
    found = list(_WORD.finditer(folded, 0, LENGTH))
    spans = tuple(match.span() for match in found)
    if not found:
        return Grams(np.zeros(0, np.uint32), np.zeros(0, np.int64), ())
    line = _DIGIT.sub("0", f" {' '.join(match.group() for match in found)} ")
    codes = np.frombuffer(line.encode("utf-32-le"), np.uint32).astype(np.uint64)
    spaces = np.concatenate(([0], np.cumsum(codes == ord(" "))))  # spaces before each character
    keys, words = [], []
    rolling = np.zeros(len(codes), np.uint64)
    with np.errstate(over="ignore"):
        for length in range(1, _LONGEST + 1):
            count = len(codes) - length + 1
            if count < 1:
                break
            rolling = rolling[:count] * _BASE + codes[length - 1 :]
            if length < _SHORTEST:
                continue
            inner = spaces[length - 1 : length - 1 + count] == spaces[1 : 1 + count]  # no space between the two ends
            mixed = (rolling[inner] + np.uint64(length)) * _MIX
            mixed = (mixed ^ (mixed >> _HALF)) * _MIX
            keys.append((mixed >> _HALF).astype(np.uint32))
            words.append(np.minimum(spaces[1 : 1 + count][inner] - 1, len(spans) - 1))
    return Grams(np.concatenate(keys), np.concatenate(words), spans)


def known(keys: NDArray[np.uint32], vocabulary: NDArray[np.uint32]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return where each key stands in a sorted vocabulary, and whether it is in it at all."""
    places = np.minimum(np.searchsorted(vocabulary, keys), len(vocabulary) - 1)
    return places, vocabulary[places] == keys


def said(times: NDArray[np.int64]) -> NDArray[np.float32]:
    """Return how much n-grams are said that stand in a text so often: one plus the logarithm."""
    return (1 + np.log(times)).astype(np.float32)
