"""Finding names and terms in texts of any script: folding, one automaton, endings by language."""
