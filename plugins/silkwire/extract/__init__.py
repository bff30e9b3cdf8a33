"""From an archived page to an article: charset, text, title, date, language, address and whether it is one at all."""
