"""Fetch: links become pages in the archive."""
