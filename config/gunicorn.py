"""How gunicorn serves the site: one process with threads, no access log, messages as in the site's own log."""

from config import environment as env
from config.settings import DEBUG, DEMO, LOGGING, WEB_CONCURRENCY

_host = env.text("HOST", "127.0.0.1")
if DEMO and _host not in ("127.0.0.1", "localhost", "::1"):
    env.stop("DEMO=1 has well-known passwords: HOST may only be this computer, 127.0.0.1.")
bind = f"{f'[{_host}]' if ':' in _host else _host}:{env.number('PORT', 8000)}"
workers = WEB_CONCURRENCY
worker_class = "gthread"
threads = env.number("WEB_THREADS", 8)
timeout = 60
graceful_timeout = 10
accesslog = None
reload = DEBUG
control_socket_disable = True
# Whatever a visitor sends reaches us through the proxy: no header moves the site to another path.
forwarder_headers = ""
# Some people put their whole story into the field of an article, which comes as an address. The proxy bounds it.
limit_request_line = 0
_messages = {"handlers": ["console"], "level": "WARNING" if DEMO else "INFO", "propagate": False}
logconfig_dict = LOGGING | {"loggers": LOGGING["loggers"] | {"gunicorn.error": _messages}}
