"""Reading the files an analyst edits: a wrong word is an error that names the file, the line and what would be right.

Nodes are read, not values: they know their lines, and `NO` (Norway) stays a word instead of becoming `false`.
"""

from collections.abc import Collection
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import yaml
from babel.localedata import exists

from silkwire.errors import Config

Field = tuple[yaml.ScalarNode, yaml.Node]

# libyaml reads a long file of topics ten times as fast; a PyYAML built without it has the other alone.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Misplaced(Config):
    """What stands in a line of a file is wrong: `line` from 1, `said` without file and line."""

    def __init__(self, path: Path, line: int, said: str) -> None:
        """Keep where it is and what is wrong."""
        super().__init__(f"{path}, line {line}: {said}")
        self.line = line
        self.said = said


@dataclass(frozen=True, slots=True)
class Document:
    """A YAML file being read; its methods raise `Config` with file and line where a node is not what it must be."""

    path: Path

    def root(self) -> yaml.Node:
        """Parse the file."""
        try:
            node = yaml.compose(self.path.read_text("utf-8"), Loader=_LOADER)
        except OSError as error:
            raise Config(f"{self.path}: can't be read: {error.strerror}") from error
        except (yaml.YAMLError, UnicodeDecodeError) as error:
            raise Config(f"{self.path}: is not valid YAML: {error}") from error
        if node is None:
            raise Config(f"{self.path}: is empty")
        return node

    def entries(self, heading: str) -> list[Field]:
        """Return what the file lists under its one heading (`regions:`); any other heading is an error."""
        entries: list[Field] = []
        for key, value in self.mapping(self.root(), "the file"):
            self.choice(key, (heading,), "key of the file")
            entries = self.mapping(value, heading)
        return entries

    def error(self, node: yaml.Node, message: str) -> Misplaced:
        """Build the error for a node: `raise document.error(node, …)`."""
        return Misplaced(self.path, node.start_mark.line + 1, message)

    def mapping(self, node: yaml.Node, what: str) -> list[Field]:
        """Return the keys and values of a mapping; a key given twice is an error."""
        if not isinstance(node, yaml.MappingNode):
            raise self.error(node, f"{what} must be a mapping (key: value)")
        seen: set[str] = set()
        for key, _ in node.value:
            name = self.text(key, f"a key of {what}")
            if name in seen:
                raise self.error(key, f"{name!r} is given twice")
            seen.add(name)
        return list(node.value)

    def sequence(self, node: yaml.Node, what: str) -> list[yaml.Node]:
        """Return the items of a list."""
        if not isinstance(node, yaml.SequenceNode):
            raise self.error(node, f"{what} must be a list ([one, two])")
        return list(node.value)

    def text(self, node: yaml.Node, what: str) -> str:
        """Return a scalar as it is written."""
        if not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            raise self.error(node, f"{what} must be a word or a phrase")
        return str(node.value).strip()

    def number(self, node: yaml.Node, what: str) -> float:
        """Return a scalar as a number above zero."""
        text = self.text(node, what)
        try:
            value = float(text)
        except ValueError:
            value = -1.0
        if not 0 < value < float("inf"):
            raise self.error(node, f"{what} must be a number above 0, not {text!r}")
        return value

    def choice(self, node: yaml.Node, valid: Collection[str], what: str) -> str:
        """Return a scalar that is one of the valid words, or tell the nearest of them."""
        word = self.text(node, what)
        if word in valid:
            return word
        near = get_close_matches(word.upper(), {entry.upper(): entry for entry in valid}, n=3, cutoff=0.5)
        originals = {entry.upper(): entry for entry in valid}
        listed = [originals[entry] for entry in near] or sorted(valid)[:12]
        raise self.error(node, f"{word!r} is no {what}; {'did you mean' if near else 'valid are'} {', '.join(listed)}?")

    def language(self, node: yaml.Node) -> str:
        """Return a language code that CLDR knows."""
        word = self.text(node, "a language")
        if not exists(word):
            raise self.error(node, f"{word!r} is no language code; write it like en, ru, zh, kk, uz")
        return word

    def words(self, node: yaml.Node, what: str) -> tuple[str, ...]:
        """Return a list of words, or a single word as a list."""
        if isinstance(node, yaml.ScalarNode):
            return (self.text(node, what),)
        return tuple(self.text(item, what) for item in self.sequence(node, what))

    def words_by_language(self, node: yaml.Node, what: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return words by language, as in `{en: [Central Asia], fr: Asie centrale}`."""
        return tuple((self.language(key), self.words(value, what)) for key, value in self.mapping(node, what))
