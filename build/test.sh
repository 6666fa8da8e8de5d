#!/usr/bin/env bash
# Runs all tests and checks the format of the code. The last line shows the totals.
#   --quick     runs only the short tests that need neither a browser nor separate processes, and does not check the format
#   --coverage  measures line and branch coverage, and prints them for each project
set -uo pipefail

quick='' coverage=''
for option in "$@"; do
  case $option in
    --quick) quick=yes ;;
    --coverage) coverage=yes ;;
    *) echo "test.sh: unknown option $option. The options are --quick and --coverage." >&2; exit 2 ;;
  esac
done
case ${GAMEIMAGES_TEST_SERVER:=embedded} in
  embedded) ;;
  container)
    if command -v docker > /dev/null && ! docker info > /dev/null 2>&1; then
      echo 'test.sh: GAMEIMAGES_TEST_SERVER=container needs a Docker engine, but none responds.' \
        'Start one, set DOCKER_HOST, or unset the variable.' >&2
      exit 2
    fi ;;
  *) echo "test.sh: GAMEIMAGES_TEST_SERVER is \"$GAMEIMAGES_TEST_SERVER\". It has to be \"embedded\" or \"container\"." >&2; exit 2 ;;
esac

# Tests run in other folders, so the path has to be absolute.
[ -z "${GAMEIMAGES_CORPUS:-}" ] || GAMEIMAGES_CORPUS=$(realpath -e "$GAMEIMAGES_CORPUS") || exit 1
cd "$(dirname "$0")/.."

# Some tests need pg_dump, exiftool, a connection pooler, a reverse proxy or a browser. Tests whose programs are missing are ignored.
packages=()
command -v postgres > /dev/null || compgen -G '/usr/lib/postgresql/*/bin/postgres' > /dev/null || packages+=(postgresql)
command -v exiftool > /dev/null || packages+=(libimage-exiftool-perl)
[ -x /usr/sbin/pgbouncer ] || packages+=(pgbouncer)
[ -x /usr/sbin/nginx ] || packages+=(nginx-light)
[ -n "$quick" ] || command -v chromium > /dev/null || packages+=(chromium)
if [ ${#packages[@]} -gt 0 ]; then
  if [ "$(id -u)" -eq 0 ] && command -v apt-get > /dev/null; then
    { apt-get update -qq && RUNLEVEL=1 apt-get install -y -qq --no-install-recommends "${packages[@]}"; } > /dev/null || exit 1
  else
    echo "Some programs are missing. To run all tests, install Debian's packages ${packages[*]}, or the equivalent of your system." >&2
  fi
fi
./build/setup.sh || exit 1

logs=$(mktemp -d)
trap 'kill $(jobs -p) 2> /dev/null; rm -rf "$logs"' EXIT
rm -rf tests/*/TestResults

# Runs the tasks in order, two at a time, and prints the output of each task when it ends.
run() {
  local task
  for task in "$@"; do
    while [ "$(jobs -rp | wc -l)" -ge 2 ]; do wait -n; done
    { $task > "$logs/$task" 2>&1 || touch "$logs/failed"; flock "$logs" cat "$logs/$task"; } &
  done
  wait
}

# Skips the installation, and the network, if the installed packages are newer than their list.
install_packages() {
  [ src/WebApp/node_modules/.package-lock.json -nt src/WebApp/package-lock.json ] ||
    (cd src/WebApp && npm ci --no-audit --no-fund --loglevel=error)
}
web_tests() { (cd src/WebApp && npm test --silent -- --no-color); }
web_checks() { (cd src/WebApp && npm run --silent lint && npm run --silent check:api && npm run --silent check:api-rules); }
# The build already checks the style and the analyzers.
format() { dotnet format whitespace GameImages.sln --verify-no-changes --no-restore || { echo 'Run dotnet format.'; return 1; }; }
build() { ./build/web.sh && dotnet build GameImages.sln -c Release --nologo -v quiet; }

tests() {
  local options=() left_out=()
  [ -z "$quick" ] || left_out+=('TestCategory!=Process' 'TestCategory!=Long')
  if [ -n "$coverage" ]; then
    left_out+=('TestCategory!=Uninstrumented')
    options=(--settings build/coverage.runsettings --collect 'XPlat Code Coverage')
  fi
  [ ${#left_out[@]} -eq 0 ] || options+=(--filter "$(IFS='&'; echo "${left_out[*]}")")
  dotnet test "tests/$1.Tests" -c Release --no-build --nologo --logger trx "${options[@]}"
}

# The longest tasks start first, so that no task runs alone at the end. The browser tests wait a lot, so they run beside the format check,
# which uses a whole core.
if [ -n "$quick" ]; then
  projects=(WebApi Infrastructure Operations Bot Variants Application Domain Architecture)
else
  projects=(Migrator WebApi Infrastructure Operations Bot Variants Application Domain EmbeddedPostgres FakeDiscord Architecture)
fi

if [ -n "$quick" ]; then
  run build
  run "${projects[@]/#/tests }"
else
  install_packages || touch "$logs/failed"
  run build web_checks web_tests
  run 'tests Browser' 'format' "${projects[@]/#/tests }"
fi

# dotnet test does not print the output of tests. This prints the figures of each folder of GAMEIMAGES_CORPUS.
grep -hoE '(valid|malformed|huge|gps)[/a-z]*: [0-9][^<]*' tests/*/TestResults/*.trx | sort -u
[ -z "$coverage" ] || ./build/coverage.sh || touch "$logs/failed"

# Each project ends with a line like: Passed! - Failed: 0, Passed: 9, Skipped: 0, Total: 9, …
# The web app ends with a line like: Tests  1 failed | 9 passed (10)
cat "$logs"/* | awk -F'[:,]' '/^(Passed|Failed|Skipped)! +- Failed:/ { f += $2; p += $4; s += $6 }
  /^ +Tests .*\([0-9]+\)$/ {
    n = split($0, word, " ")
    for (i = 2; i < n; i++) {
      if (word[i + 1] == "passed") p += word[i]
      if (word[i + 1] == "failed") f += word[i]
    }
  }
  END { printf "%d passed, %d failed%s\n", p, f, s ? ", " s " skipped" : "" }'
[ ! -e "$logs/failed" ]
