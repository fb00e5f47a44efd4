"""A report (named columns, rows, a page for people) to text: one writer a format."""
