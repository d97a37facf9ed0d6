"""Facts and lexica that ship with the program: read them through ``importlib.resources.files("data")``."""
