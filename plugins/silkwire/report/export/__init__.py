"""Exports: rows of the marts as CSV, JSON, JSON Lines or Parquet, written as they are read."""
