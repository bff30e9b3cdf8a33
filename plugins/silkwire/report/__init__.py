"""Report: what a run did, told to a person."""
