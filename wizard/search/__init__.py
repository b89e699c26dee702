"""Finding needs and services by everyday words, without answering anything. Knows the guide, never the web."""
