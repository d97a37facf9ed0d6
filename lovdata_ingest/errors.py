"""The one family of errors that the toolkit raises on purpose."""


class LovdataError(Exception):
    """Something outside the program is not as it should be; the message is written for the reader at the keyboard.

    The message says what was found, where, what was expected and what to do next. The command line turns it into
    one message and exit status 2; every other exception is a fault of ours and keeps its traceback.
    """
