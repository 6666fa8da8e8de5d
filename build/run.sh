#!/usr/bin/env bash
# Starts the service on the embedded PostgreSQL of this checkout (or of GAMEIMAGES_DATA); it says itself what to do next. With --with-bot, the
# Discord bot as well: without Discord__Token it prints the announcements, and shows them on a page.
set -euo pipefail
[ -z "${GAMEIMAGES_DATA:-}" ] || export GAMEIMAGES_DATA=$(realpath -m "$GAMEIMAGES_DATA")
cd "$(dirname "$0")/.."
./build/setup.sh
! command -v npm > /dev/null || ./build/web.sh

export ASPNETCORE_ENVIRONMENT=Development ASPNETCORE_URLS=${ASPNETCORE_URLS:-http://127.0.0.1:8080}
dotnet build src/WebApi -c Release -v quiet --nologo >&2
service=(dotnet src/WebApi/bin/Release/net10.0/GameImages.WebApi.dll --contentRoot "$PWD/src/WebApi")
[ "${1:-}" = --with-bot ] || exec "${service[@]}"

dotnet build src/Bot -c Release -v quiet --nologo >&2
# The first address, as somebody can call it.
url=${ASPNETCORE_URLS%%;*}
url=$(sed -E "s#//(\*|\+|0\.0\.0\.0|\[::\])#//127.0.0.1#" <<< "$url")
trap 'kill $(jobs -p) 2> /dev/null; wait' EXIT
# Standard output is for the announcements.
"${service[@]}" >&2 &
PublicBaseUrl=${PublicBaseUrl:-$url} ASPNETCORE_URLS=${BOT_URLS:-http://127.0.0.1:8081} dotnet src/Bot/bin/Release/net10.0/GameImages.Bot.dll --contentRoot "$PWD/src/Bot" &
wait -n
