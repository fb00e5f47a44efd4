"""`python -m stancectl`."""

from stancectl.cli.main import main

main()
