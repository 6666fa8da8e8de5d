#!/usr/bin/env bash
# Builds the single-page app into the service's wwwroot. It does nothing if wwwroot is newer than all sources of the app.
set -euo pipefail
cd "$(dirname "$0")/../src/WebApp"

wwwroot=../WebApi/wwwroot
sources=(. ../../tests/WebApi.Tests/OpenApi/v1.approved.json)
if [ -f $wwwroot/index.html ]; then
  changed=$(find "${sources[@]}" \( -name node_modules -o -name dist \) -prune -o -newer $wwwroot/index.html -print -quit)
  [ -n "$changed" ] || exit 0
fi

# Installed packages are kept, so that a build after a change needs no network.
[ node_modules/.package-lock.json -nt package-lock.json ] || npm ci --no-audit --no-fund --loglevel=error
npm run --silent build -- --logLevel warn
rm -rf $wwwroot
mv dist $wwwroot
# index.html has to be newer than wwwroot's folder, which the move changed.
touch $wwwroot/index.html
