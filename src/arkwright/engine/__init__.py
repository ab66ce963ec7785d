"""Plan → Result: the kernel, the scheduler and the executor; read run.py from top to bottom."""
