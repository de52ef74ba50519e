"""Corrections and what the machine read in, what holds out; both are kept, and shown side by side."""
