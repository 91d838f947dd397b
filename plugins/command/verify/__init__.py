"""`make verify`: checks that the commands of blocks marked `run` do what their page says.

    .venv/bin/python -m plugins.command.verify content -s pelicanconf.py [post ...]

The parts, in the order of use:

- `collect` finds the pages and blocks.
- `environment` makes a page's own virtual environment.
- `sandbox` limits what commands can reach, where bubblewrap is installed.
- `run` runs a page's steps in order, in a throw-away copy of its folder.
- `interpreters` holds bash and Python as processes that keep their state.
- `inside` starts and watches them.
- `compare` compares the written output with the printed one; it is pure.
- `record` reads and writes the committed file, which builds read.
- `update` computes the new record.
"""
