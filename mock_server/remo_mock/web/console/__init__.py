"""The console: a page for people with a browser, and what it loads."""
