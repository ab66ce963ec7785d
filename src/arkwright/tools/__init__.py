"""What an agent can do: one file a tool; only the gate runs them."""
