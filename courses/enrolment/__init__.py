"""Who learns which course, on which release of it."""
