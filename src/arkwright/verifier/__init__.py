"""Observations → Verdict: what the request demands, read and recomputed a second time."""
