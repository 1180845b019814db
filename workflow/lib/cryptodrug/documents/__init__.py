"""Documents: exhibits as Markdown, one context, conversion to PDF, Word and web page."""
