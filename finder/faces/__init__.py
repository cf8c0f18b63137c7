"""The faces: nothing but HTTP and words on a page."""
