"""Puts the demo into an empty site: one module a word of the domain, called in order by `loader.run`."""
