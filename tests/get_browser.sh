#!/bin/sh
# Sees to it that there is a Chromium and a Japanese font for the browser tests.
set -eu
have_browser() { command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1; }
have_font() { command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=ja 2>/dev/null | head -n 1)" ]; }
have_browser && have_font && exit 0
sudo=""
[ "$(id -u)" = 0 ] || sudo="sudo -n"
if command -v apt-get >/dev/null 2>&1; then
  $sudo apt-get update -qq >/dev/null 2>&1 || true
  DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq chromium fonts-noto-cjk >/dev/null 2>&1 || true
fi
have_browser && have_font && exit 0
echo "ブラウザーの試験に必要な chromium と日本語フォントを入れられませんでした。入れてからもう一度動かすか、WITHOUT_BROWSER=1 make test としてください。" >&2
exit 1
