"""How fast the rules decide, next to other ways of deciding the same. Not part of the product or of its tests."""
