"""The dictionary that editors keep: terms, synonyms, abbreviations; live in every process within seconds."""
