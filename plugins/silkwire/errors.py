"""The errors of Silkwire.

    SilkwireError
    ├── Transient    may succeed when tried again: the warehouse restarts, a lock is held
    └── Permanent    trying again cannot help
        └── Config   a setting or a file an analyst edits is wrong; the message names the place and the remedy

What becomes of a single item (a feed, a link, a page) is never an exception but an `Outcome`. These are for a stage
that could not do its work at all. Airflow's retry policy maps Transient to RETRY and Permanent to FAIL.
"""


class SilkwireError(Exception):
    """The base of every error raised on purpose."""


class Transient(SilkwireError):  # noqa: N818 - named for what it means to a caller, as in the tree above
    """The same call may succeed later."""


class Permanent(SilkwireError):  # noqa: N818
    """The same call will fail again until somebody changes something."""


class Config(Permanent):
    """A setting or configuration file is wrong. The message says where and how to mend it."""
