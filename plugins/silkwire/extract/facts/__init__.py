"""What a page declares of itself: title, authors, addresses, picture, and where it says so."""
