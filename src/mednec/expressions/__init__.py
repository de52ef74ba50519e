"""Regular expressions in, ones out that find the same and take less: a shelf for every room that reads text."""
