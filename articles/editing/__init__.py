"""The admin's own pages about one article: reading it as readers will, its history, and each step on its way."""
