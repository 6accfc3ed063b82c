"""The master key of every test: what one fixture stored, another can read."""

from cryptography.fernet import Fernet

from assistant.store.keys import parse_keys

TEST_MASTER = Fernet.generate_key().decode()
TEST_KEY = parse_keys(TEST_MASTER).columns[0]
"""The column key that follows from it."""
