"""The command line: its tree, of which that branch alone is grown that is asked for.

Each module adds its commands to the tree when it is imported. All of them together bring in every library there is,
which takes seconds; one needs few of them.
"""

import sys
from collections.abc import Sequence
from importlib import import_module

from typer import Typer

from silkwire.cli.app import app

# The modules of each command or group. The help lists commands in this order.
_STAGES = ("stage_commands",)
MODULES = {
    "run": _STAGES,
    "poll": _STAGES,
    "fetch": _STAGES,
    "extract": _STAGES,
    "maintain": _STAGES,
    "report": _STAGES,
    "label": ("label_commands",),
    "reprocess": ("reprocess_commands",),
    "read-feed": ("filters",),
    "sources": ("list_commands", "source_commands"),
    "topics": ("topics_commands", "topics_training"),
    "gazetteer": ("gazetteer_commands",),
    "export": ("export_commands",),
    "db": ("list_commands", "dictionary_commands"),
    "up": ("upkeep",),
    "doctor": ("upkeep",),
    "airflow": ("upkeep",),
}
_ALL = tuple(module for modules in MODULES.values() for module in modules)


def main() -> None:
    """Run the command of this process's arguments."""
    tree(sys.argv[1:])()


def tree(words: Sequence[str] = ()) -> Typer:
    """Return the tree with what the command of these words needs; with all of it where they name none, as for help."""
    named = next((word for word in words if not word.startswith("-")), "")
    for module in MODULES.get(named, _ALL):
        import_module(f"silkwire.cli.{module}")
    return app
