"""The tests of Silkwire."""
