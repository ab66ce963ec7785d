"""Requests about tables: what is asked for, read left to right, and the relational steps, files and answers it takes."""
