"""Request → Plan: what is asked, checked against what is really there, as a forest of tasks."""
