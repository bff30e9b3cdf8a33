"""`python -m silkwire` is the command `silkwire`."""

from silkwire.cli import app

app()
