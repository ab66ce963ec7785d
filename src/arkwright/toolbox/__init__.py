"""What runs inside boxes: plain functions over files, on the standard library and the pinned toolbox."""
