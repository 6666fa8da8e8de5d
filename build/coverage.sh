#!/usr/bin/env bash
# Merges the results of the last run of test.sh --coverage, and prints the line and branch coverage of each project.
# TestResults/coverage contains a page for each file.
set -euo pipefail
cd "$(dirname "$0")/.."

dotnet tool restore > /dev/null
dotnet reportgenerator '-reports:tests/*/TestResults/*/coverage.cobertura.xml' -targetdir:TestResults/coverage \
  '-reporttypes:Cobertura;Html' -verbosity:Error

# <package name="GameImages.Domain" line-rate="0.98" branch-rate="0.95" …>
awk -F'"' 'BEGIN { printf "%-32s %8s %9s\n", "project", "lines", "branches" }
  /<package name=/ { printf "%-32s %6.1f %% %7.1f %%\n", $2, 100 * $4, 100 * $6 }' TestResults/coverage/Cobertura.xml
