"""What a page is instead of an article."""
