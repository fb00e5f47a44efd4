"""Plain-text accounting, for political positions."""
