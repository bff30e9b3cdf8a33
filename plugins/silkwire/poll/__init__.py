"""Poll: feeds that are due become links."""
