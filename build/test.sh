#!/usr/bin/env bash
# Runs every test, and checks the code's format; the last line has the sums.
set -uo pipefail
cd "$(dirname "$0")/.."
./build/setup.sh || exit 1

log=$(mktemp)
trap 'rm -f "$log"' EXIT
failed=0
dotnet test GameImages.sln -c Release --nologo | tee "$log" || failed=1
dotnet format GameImages.sln --verify-no-changes --no-restore || { echo 'Run dotnet format.'; failed=1; }

# Each project closes with a line like: Passed! - Failed: 0, Passed: 9, Skipped: 0, Total: 9, …
awk -F'[:,]' '/^(Passed|Failed|Skipped)! +- Failed:/ { f += $2; p += $4; s += $6 }
  END { printf "%d passed, %d failed%s\n", p, f, s ? ", " s " skipped" : "" }' "$log"
exit "$failed"
