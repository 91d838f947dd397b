"""Tests of the sandbox are collected where there is one; the report's head says whether."""

from __future__ import annotations

from plugins.command.verify.sandbox import Sandbox, find_sandbox

FOUND = find_sandbox()

collect_ignore = [] if isinstance(FOUND, Sandbox) else ["test_in_sandbox.py"]


def pytest_report_header() -> str:
    """Say what commands of pages run in here."""
    return f"sandbox: {FOUND.version if isinstance(FOUND, Sandbox) else FOUND}"
