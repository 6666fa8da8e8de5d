#!/usr/bin/env bash
# Starts a service and a database, and attacks the service. --help lists the attacks.
set -euo pipefail
cd "$(dirname "$0")/.."
./build/setup.sh

dotnet publish src/WebApi -c Release -v quiet --nologo -o tests/Attacks/bin/service >&2
dotnet build tests/Attacks -c Release -v quiet --nologo >&2
exec dotnet tests/Attacks/bin/Release/net10.0/GameImages.Attacks.dll --service tests/Attacks/bin/service "$@"
