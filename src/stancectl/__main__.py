"""`python -m stancectl`."""

from stancectl.cli.main import main

if __name__ == "__main__":  # not in a process that was started to read files
    main()
