"""`make bench`: what builds and pages cost, as ratios taken in one run. Not part of the tests."""
