"""What the worker does in this room."""


def send_mails() -> int:
    return 0
