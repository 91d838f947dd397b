"""Set-up: `.venv` holds what a lock file names, and the Makefile can tell so from one file's age.

    python3 -m plugins.setup requirements.txt

Standard library only, since it runs before anything is installed. The parts, in the order used:
`refusal` (will this Python do?), `lock` (which packages a lock file names), `stamp` (what was
installed last), `environment` (the virtual environment and its pip), `install` (the order).
"""
