"""The words: frozen values and the Protocols between rooms. No I/O."""
