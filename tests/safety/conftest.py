"""The fixture of this room."""

from safety.house import house

__all__ = ["house"]
