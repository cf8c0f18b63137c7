"""The production server: catalogs are built once, before the workers are forked, and shared."""

import os

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
workers = int(os.environ.get("FINDER_WORKERS", "2"))
worker_class = "gthread"
threads = int(os.environ.get("FINDER_THREADS", "4"))
preload_app = True
timeout = 30
graceful_timeout = 20
keepalive = 5
limit_request_line = 2048
limit_request_fields = 50
accesslog = None          # addresses of requests are not kept
errorlog = "-"
loglevel = os.environ.get("FINDER_LOG", "warning")
control_socket_disable = True
