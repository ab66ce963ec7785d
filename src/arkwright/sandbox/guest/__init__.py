"""What runs as process 1 of every box. Its folder is mounted there read-only; it imports nothing but the standard library."""
