"""Files read in the browser: pages and slides as pictures with their words, sheets, texts, films at the second."""
