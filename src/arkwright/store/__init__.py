"""The rows: runs, tasks, events, approvals, on SQLite."""
