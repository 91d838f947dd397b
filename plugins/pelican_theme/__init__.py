"""Support for themes that are written for plain Pelican, with the objects that they expect."""
