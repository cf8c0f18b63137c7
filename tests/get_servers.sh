#!/bin/sh
# Sees to it that there are an nginx and a Redis for the tests that need real ones; without them those tests are skipped.
set -eu
have() { command -v nginx >/dev/null 2>&1 && command -v redis-server >/dev/null 2>&1; }
have && exit 0
sudo=""
[ "$(id -u)" = 0 ] || sudo="sudo -n"
if command -v apt-get >/dev/null 2>&1; then
  # What is installed must not start a server of its own on this machine.
  $sudo env RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nginx-light redis-server >/dev/null 2>&1 || {
    $sudo apt-get update -qq >/dev/null 2>&1 || true
    $sudo env RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends nginx-light redis-server >/dev/null 2>&1 || true
  }
fi
have || echo "nginx と redis-server を入れられませんでした。それらの試験は飛ばします。" >&2
