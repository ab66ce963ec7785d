"""The gate: the only holder of the tools, and everything that stands on it."""
