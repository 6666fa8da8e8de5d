#!/usr/bin/env bash
# Builds and starts the service on the embedded PostgreSQL of this checkout, or of the folder that GAMEIMAGES_DATA names.
# When the service has started, it prints a token and a first request. Beside it runs the worker that makes smaller copies of images.
# With --with-bot, starts the Discord bot as well. Without Discord__Token, the bot prints the announcements and shows them on a page.
set -euo pipefail
[ -z "${GAMEIMAGES_DATA:-}" ] || export GAMEIMAGES_DATA=$(realpath -m "$GAMEIMAGES_DATA")
cd "$(dirname "$0")/.."
./build/setup.sh
! command -v npm > /dev/null || ./build/web.sh

export ASPNETCORE_ENVIRONMENT=Development ASPNETCORE_URLS=${ASPNETCORE_URLS:-http://127.0.0.1:8080}
dotnet build src/WebApi -c Release -v quiet --nologo >&2
dotnet build src/Variants -c Release -v quiet --nologo >&2
dotnet build src/Migrator -c Release -v quiet --nologo >&2
service=(dotnet src/WebApi/bin/Release/net10.0/GameImages.WebApi.dll --contentRoot "$PWD/src/WebApi")

data=${GAMEIMAGES_DATA:+GAMEIMAGES_DATA=$(printf %q "$GAMEIMAGES_DATA") }
echo "The command line is ./build/gameimages, for example: ${data}./build/gameimages token --user 7 --guild 42" >&2

# The worker ends with this process, which becomes the service. The service works without the worker, too.
ASPNETCORE_URLS=${VARIANTS_URLS:-http://127.0.0.1:0} dotnet src/Variants/bin/Release/net10.0/GameImages.Variants.dll \
  --contentRoot "$PWD/src/Variants" --StopWithParent true >&2 &
[ "${1:-}" = --with-bot ] || exec "${service[@]}"

dotnet build src/Bot -c Release -v quiet --nologo >&2
# The first address that the service listens on, in a form that clients on this machine can call.
url=${ASPNETCORE_URLS%%;*}
url=$(sed -E "s#//(\*|\+|0\.0\.0\.0|\[::\])#//127.0.0.1#" <<< "$url")
trap 'kill $(jobs -p) 2> /dev/null; wait' EXIT
# Standard output is for the announcements.
"${service[@]}" >&2 &
programs=($!)
export PublicBaseUrl=${PublicBaseUrl:-$url} ASPNETCORE_URLS=${BOT_URLS:-http://127.0.0.1:8081}
dotnet src/Bot/bin/Release/net10.0/GameImages.Bot.dll --contentRoot "$PWD/src/Bot" &
programs+=($!)
wait -n "${programs[@]}"
