"""Keeps the index equal to the database: drain, rebuild, audit."""
