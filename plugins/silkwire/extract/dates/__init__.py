"""When an article was published and changed, and which evidence says so."""
