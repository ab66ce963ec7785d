"""Small programs, written from a goal: what they do (goals), and how each language says it."""
