"""The checks: each file proves one kind of demand."""
