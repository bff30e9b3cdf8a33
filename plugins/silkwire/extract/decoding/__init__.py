"""Bytes to a tree: the charset by evidence, and HTML parsed once for every reader."""
