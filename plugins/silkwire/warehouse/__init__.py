"""The warehouse: PostgreSQL through SQLAlchemy Core, one file a table for its reads and upserts, and the WARC archive."""
