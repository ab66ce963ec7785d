"""The reader: a request as Demands, read with code that shares nothing with the planner."""
