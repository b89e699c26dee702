"""The guarantees of a need as a formula for a SAT solver, for needs too large to be cut into regions. An extra."""
