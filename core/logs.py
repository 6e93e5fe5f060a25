"""What may stand in the log: what happened, and never what somebody asked or searched for."""

import logging
import re

# What follows a "?" inside an address, up to where the address ends.
QUERY = re.compile(r"(?<=[\w/])\?[^\s\"'<>()\[\],;]+")


class WithoutQueries(logging.Filter):
    """Cuts the query string off every address in a message, whichever library wrote it."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.msg, str):
            record.msg, record.args = QUERY.sub("?…", record.getMessage()), None
        return True
