"""One rule a file; its name is the rule's code."""
