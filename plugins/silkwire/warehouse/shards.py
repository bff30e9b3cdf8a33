"""How a stage's work is cut into shards, in SQL."""

from sqlalchemy import BigInteger, ColumnElement, bindparam, func, literal

from silkwire.records import Shard

_POSITIVE = 2**63 - 1


def in_shard(key: ColumnElement[str], shard: Shard) -> ColumnElement[bool]:
    """Say whether a text key (a host, a source) falls into a shard. The same key always does."""
    hashed = func.hashtextextended(key, literal(0, BigInteger)).bitwise_and(bindparam(None, _POSITIVE, BigInteger))
    return hashed % shard.count == shard.index
