"""gunicorn's configuration: `gunicorn -c python:casetra.gunicorn casetra.wsgi`.

Put a buffering proxy in front: gunicorn alone stands still under a few dozen slow connections.
"""

import os

from casetra import environment

bind = environment.text("BIND", "0.0.0.0:8000")
workers = environment.integer("WEB_CONCURRENCY", 2, minimum=1)
threads = 4
worker_class = "gthread"
preload_app = True  # a refused start says so once, not once a worker
forwarded_allow_ips = ""  # only TRUSTED_PROXIES decides whether X-Forwarded-Proto counts, localhost or not
control_socket_disable = True  # no management socket that nobody asked for
timeout = 30
max_requests = 10_000
max_requests_jitter = 1_000
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 - memory, as gunicorn's FAQ advises
accesslog = None  # casetra.middleware.access_log writes it, without addresses and query strings
logconfig_dict = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "casetra.logs.JsonFormatter"}},
    "handlers": {
        "stdout": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "formatter": "json"}
    },
    "root": {"handlers": ["stdout"], "level": "INFO"},
    "loggers": {"gunicorn.error": {"handlers": ["stdout"], "level": "INFO", "propagate": False}},
}
