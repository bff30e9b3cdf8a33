"""The article's own text, without what stands around it."""
