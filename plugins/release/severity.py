"""Severity from a CVSS vector (version 2, 3.0, 3.1 or 4.0), by the `cvss` library."""

from __future__ import annotations

from cvss import CVSS2, CVSS3, CVSS4, CVSSError

from .model import Severity

EXPECTED = "a CVSS vector like CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"


def parse_severity(vector: str) -> Severity:
    """Return the severity that a vector gives; raise ValueError for no vector."""
    text = vector.strip().strip("()")
    try:
        if text.startswith("CVSS:4"):
            four = CVSS4(text)
            return Severity(four.clean_vector(), "CVSS_V4", float(four.base_score), four.severity)
        if text.startswith("CVSS:3"):
            three = CVSS3(text)
            rating = three.severities()[0]
            return Severity(three.clean_vector(), "CVSS_V3", float(three.base_score), rating)
        two = CVSS2(text.removeprefix("CVSS2#"))
        return Severity(two.clean_vector(), "CVSS_V2", float(two.base_score), two.severities()[0])
    except CVSSError as error:
        raise ValueError(str(error)) from None
