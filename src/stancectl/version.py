"""The version of the tool, in one place: for the package, for --version, and for what is stored between runs."""

__version__ = "0.1.0"
