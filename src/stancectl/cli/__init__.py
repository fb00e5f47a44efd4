"""The command line: read options, call one analysis, hand its report to a writer. The only room that knows Typer."""
