"""The solver says what cutting says."""
