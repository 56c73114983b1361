"""Names the database that a server's workers share, without SQLAlchemy, which is slow to import and large."""

TEMPORARY = "sqlite+temporary"
"""The scheme of a SQLite file that nobody reads after a crash of the machine: no transaction waits for the disk."""
