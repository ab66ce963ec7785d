"""Arkwright: a self-hosted agentic computer. State a goal, get a proven result."""
