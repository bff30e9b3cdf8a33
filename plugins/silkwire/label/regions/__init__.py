"""Which countries, first-level divisions and regions an article is about."""
