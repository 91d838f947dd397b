"""`make verify`: the commands of blocks marked `run` do what their page says.

    .venv/bin/python -m plugins.command.verify content -s pelicanconf.py [post ...]

The parts, in the order used: `collect` (which pages and blocks), `environment` (a page's own
virtual environment), `sandbox` (what commands can reach, where bubblewrap is there), `run` (a
throw-away copy of the page's folder, and its steps in order), `interpreters` (bash and Python as
processes that keep their state), which `inside` starts and watches, `compare` (what is written and
what was printed; pure), `record` (the committed file, which builds read).
"""
