"""The one signal that Hallway adds to Pelican's."""

from blinker import Signal

feature_init = Signal("Sent by the engine before it reads; each receiver returns a Feature.")
