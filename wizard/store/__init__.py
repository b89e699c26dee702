"""What must outlive a visit: answers that somebody chose to keep under a code, and counters."""
