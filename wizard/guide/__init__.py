"""The guide: what a municipality publishes, read from a folder a case worker can read, checked, and made immutable."""
