"""A ledger that nobody would ever write to."""

import os

os.mkfifo("content/ledger.json")
