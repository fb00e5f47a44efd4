"""Results laid out for a person: one module a command, each from an analysis to a page."""
