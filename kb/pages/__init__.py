"""The kinds of knowledge pages, their blocks and how they are read."""
