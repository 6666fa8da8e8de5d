#!/usr/bin/env bash
# Runs every test, and checks the code's format; the last line has the sums.
set -uo pipefail

# Tests run in folders of their own.
[ -z "${GAMEIMAGES_CORPUS:-}" ] || GAMEIMAGES_CORPUS=$(realpath -e "$GAMEIMAGES_CORPUS") || exit 1
cd "$(dirname "$0")/.."

# A server with its pg_dump, programs that look at cleaned pictures, and a pooler between the service and its database. Without them,
# those tests are left out.
packages=()
command -v postgres > /dev/null || compgen -G '/usr/lib/postgresql/*/bin/postgres' > /dev/null || packages+=(postgresql)
command -v chromium > /dev/null || packages+=(chromium)
command -v exiftool > /dev/null || packages+=(libimage-exiftool-perl)
[ -x /usr/sbin/pgbouncer ] || packages+=(pgbouncer)
if [ ${#packages[@]} -gt 0 ]; then
  if [ "$(id -u)" -eq 0 ] && command -v apt-get > /dev/null; then
    { apt-get update -qq && RUNLEVEL=1 apt-get install -y -qq --no-install-recommends "${packages[@]}"; } > /dev/null || exit 1
  else
    echo "To run all tests, install Debian's ${packages[*]} or what your system calls it." >&2
  fi
fi
./build/setup.sh || exit 1

log=$(mktemp)
logs=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$log" "$logs"' EXIT
failed=0
rm -rf tests/*/TestResults

check_web_app() { (cd src/WebApp && npm run --silent lint && npm run --silent check:api && npm test --silent -- --no-color); }
run_tests() { dotnet test "tests/$1" -c Release --no-build --nologo --logger trx; }

# Runs two things at once, since most tests leave one of two cores idle. What the first one prints comes after what the second one prints.
together() {
  $1 > "$logs/first" 2>&1 & local first=$!
  $2 2>&1 | tee -a "$log" || failed=1
  wait $first || failed=1
  tee -a "$log" < "$logs/first"
}

build() { ./build/web.sh && dotnet build GameImages.sln -c Release --nologo -v quiet; }
longest() { run_tests Migrator.Tests; }
browser() { run_tests Browser.Tests; }
check_format() { dotnet format GameImages.sln --verify-no-changes --no-restore || { echo 'Run dotnet format.'; return 1; }; }
others() {
  local result=0
  for project in tests/*.Tests; do
    case ${project#tests/} in Migrator.Tests | Browser.Tests) ;; *) run_tests "${project#tests/}" || result=1 ;; esac
  done
  return $result
}

(cd src/WebApp && npm ci --no-audit --no-fund --loglevel=error) || failed=1
together check_web_app build
together longest others
together check_format browser

# The console leaves out what tests print: the figures of each folder of GAMEIMAGES_CORPUS.
grep -hoE '(valid|malformed|huge|gps)[/a-z]*: [0-9][^<]*' tests/*/TestResults/*.trx | sort -u

# Each project closes with a line like: Passed! - Failed: 0, Passed: 9, Skipped: 0, Total: 9, …
# The web app closes with one like: Tests  1 failed | 9 passed (10)
awk -F'[:,]' '/^(Passed|Failed|Skipped)! +- Failed:/ { f += $2; p += $4; s += $6 }
  /^ +Tests .*\([0-9]+\)$/ { n = split($0, word, " "); for (i = 2; i < n; i++) { if (word[i + 1] == "passed") p += word[i]; if (word[i + 1] == "failed") f += word[i] } }
  END { printf "%d passed, %d failed%s\n", p, f, s ? ", " s " skipped" : "" }' "$log"
exit "$failed"
