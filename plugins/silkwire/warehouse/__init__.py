"""The warehouse: PostgreSQL through SQLAlchemy Core, one file a table, and the WARC archive beside it."""
