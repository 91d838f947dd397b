"""Builds that are disturbed at every step: `make crash` tries them all, `make test` a sample."""
