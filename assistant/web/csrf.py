"""A form or a request of ours carries the secret of its sign-in; another site cannot know it."""

import secrets


def csrf_matches(expected: str, given: str | None) -> bool:
    return given is not None and secrets.compare_digest(expected.encode(), given.encode())
