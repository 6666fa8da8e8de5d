#!/usr/bin/env bash
# Starts the service on the embedded PostgreSQL of this checkout (or of GAMEIMAGES_DATA); it says itself what to do next.
set -euo pipefail
[ -z "${GAMEIMAGES_DATA:-}" ] || export GAMEIMAGES_DATA=$(realpath -m "$GAMEIMAGES_DATA")
cd "$(dirname "$0")/.."
./build/setup.sh

export ASPNETCORE_ENVIRONMENT=Development ASPNETCORE_URLS=${ASPNETCORE_URLS:-http://127.0.0.1:8080}
dotnet build src/WebApi -c Release -v quiet --nologo
exec dotnet src/WebApi/bin/Release/net10.0/GameImages.WebApi.dll --contentRoot "$PWD/src/WebApi"
