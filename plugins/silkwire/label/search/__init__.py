"""Full-text search: what an article is found by, what a query asks for, and what to highlight."""
