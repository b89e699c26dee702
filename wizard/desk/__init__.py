"""The pages for those who work at the front desk. Citizens never come here, and nothing below knows this package."""
