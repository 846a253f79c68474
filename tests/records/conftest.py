"""Settings of the property tests: how long one example takes depends on the machine and says nothing here."""

from hypothesis import settings

settings.register_profile("records", deadline=None)
settings.load_profile("records")
