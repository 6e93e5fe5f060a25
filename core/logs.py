"""What may stand in the log: what happened, and never what somebody asked or searched for, nor what opens a text."""

import logging
import re

# What follows a "?" inside an address, up to where the address ends.
QUERY = re.compile(r"(?<=[\w/])\?[^\s\"'<>()\[\],;]+")
# Whoever has it can sign a text of the library.
TOKEN = re.compile(r"(?<=/for-review/)[\w-]+")


class WithoutQueries(logging.Filter):
    """Cuts the query string off every address in a message, and the token out of it, whichever library wrote it."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.msg, str):
            record.msg, record.args = TOKEN.sub("…", QUERY.sub("?…", record.getMessage())), None
        return True
