"""From the text of pages to typed, comparable values; every rule is a row of a judgement file."""
