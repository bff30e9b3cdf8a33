"""`python -m silkwire` is the command `silkwire`."""

from silkwire.cli.commands import main

main()
