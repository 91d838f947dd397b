"""Set-up: install what a lock file names into `.venv`, unless a file's age shows that it is done.

    python3 -m plugins.setup requirements.txt

Standard library only, since it runs before anything is installed. The parts, in the order used:
`refusal` (is this Python good enough?), `lock` (the packages that a lock file names), `stamp` (what
was installed last), `environment` (the virtual environment and its pip), `install` (the order).
"""
