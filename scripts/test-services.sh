#!/usr/bin/env bash
# What the tests need from outside: Debian's chromium, firefox-esr and postgresql. Installs what is missing where apt may;
# elsewhere says what is not there, and the tests that need it are named as not run (with CI=true: a failure).
set -euo pipefail

missing=()
command -v chromium >/dev/null || missing+=(chromium)
command -v firefox-esr >/dev/null || missing+=(firefox-esr)
compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null || missing+=(postgresql)
[ "${#missing[@]}" -gt 0 ] || exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  echo "installing ${missing[*]} for the tests"
  log=$(mktemp)
  export DEBIAN_FRONTEND=noninteractive
  { apt-get update -qq && apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 || {
    tail -n 5 "$log" >&2
    echo "could not install ${missing[*]}; the tests that need them will not run" >&2
  }
  rm -f "$log"
else
  echo "not installed and apt may not be used here: ${missing[*]} (the tests that need them will not run)" >&2
fi
