"""How Chinese text is cut, asked for and marked. Plain Python: both engines and the pages use the very same functions."""
