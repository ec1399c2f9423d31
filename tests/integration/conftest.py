"""Fixtures of the integration tests, each in a file of its own."""

from pam_lab_fixture import lab  # noqa: F401
