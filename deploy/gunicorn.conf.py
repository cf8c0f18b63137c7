"""The production server: catalogs are built once, before the workers are forked, and shared."""

import gc
import logging
import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))     # also when it is started from elsewhere

from finder import log_lines
from finder.in_one_piece import send_in_one_piece
from finder.refused_early import quote_nothing

send_in_one_piece()
quote_nothing()
gc.disable()              # until the workers are forked: next to nothing that a start makes is thrown away

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
if os.environ.get("FINDER_LOG_LINES") == "json":
    logconfig_dict = log_lines.configuration(loglevel)
if os.environ.get("FINDER_METRICS") and not os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
    # Each worker writes its totals into files of its own here; whoever answers /metrics adds them up.
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = tempfile.mkdtemp(prefix="finder-totals-")


def on_starting(server):
    """The server's own lines name no visitor."""
    logging.getLogger("gunicorn.error").addFilter(log_lines.without_addresses)


def pre_fork(server, worker):
    """The catalogs stay for good: Python need not walk over them time and again, which takes 40 ms, and workers share their pages."""
    gc.collect()
    gc.freeze()
    gc.enable()


def child_exit(server, worker):
    """Totals of a worker that is gone stay added; what only a living one tells goes."""
    if os.environ.get("PROMETHEUS_MULTIPROC_DIR"):
        from prometheus_client import multiprocess
        multiprocess.mark_process_dead(worker.pid)
