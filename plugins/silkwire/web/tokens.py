"""Tokens that let a feed reader in: it can't log in, and its address is all that it has.

A token opens Atom feeds and nothing else. It carries the name of who took it, signed with Airflow's secret key; a new
key makes all tokens invalid.
"""

from itsdangerous import BadSignature, URLSafeSerializer

_SALT = "silkwire-atom"


def make_token(secret: str, name: str) -> str:
    """Return the token of a visitor; the same each time."""
    return str(URLSafeSerializer(secret, salt=_SALT).dumps(name))


def read_token(secret: str, token: str) -> str | None:
    """Return the name of who took a token, None where it is not one of ours."""
    if not secret:  # with it anybody could sign
        return None
    try:
        name = URLSafeSerializer(secret, salt=_SALT).loads(token)
    except BadSignature:
        return None
    return name if isinstance(name, str) else None
