"""How well and how fast the site finds things: measured by `make bench-search`, on collections kept elsewhere."""
