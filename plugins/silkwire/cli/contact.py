"""Asking for the contact that a real run demands: once, where somebody sits at the terminal."""

import sys
from pathlib import Path

import typer

from silkwire.errors import Config
from silkwire.settings import ROOT, Settings, load_settings, require_contact

_ENV_FILE = ROOT / ".env"


def with_contact(settings: Settings, env_file: Path = _ENV_FILE) -> Settings:
    """Return settings with a contact; ask for one and remember it in `env_file` where there is somebody to ask.

    Raises `Config`, which names the remedy, where there is nobody.
    """
    if settings.contact is not None:
        return settings
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        require_contact(settings)
    typer.echo(
        "The outlets that are polled see a page or a mail address of yours in the User-Agent, to reach you if need be."
    )
    while True:
        given = typer.prompt("Yours (https://… or name@…)").strip()
        try:
            load_settings(contact=given)
        except Config as error:
            typer.echo(str(error), err=True)
            continue
        break
    before = env_file.read_text(encoding="utf-8") if env_file.exists() else ""
    separator = "" if not before or before.endswith("\n") else "\n"
    env_file.write_text(f"{before}{separator}SILKWIRE_CONTACT={given}\n", encoding="utf-8")
    typer.echo(f"Remembered in {env_file}.")
    return settings.model_copy(update={"contact": given})
