"""Silkwire: poll feeds, fetch and extract articles, label them, load a warehouse."""
