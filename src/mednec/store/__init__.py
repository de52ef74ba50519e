"""What an office keeps: people, cases, files, audits, corrections and the trail, in SQLite or PostgreSQL."""
