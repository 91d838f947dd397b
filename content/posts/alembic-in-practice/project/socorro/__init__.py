"""The crash collector, as far as the guide needs it."""
