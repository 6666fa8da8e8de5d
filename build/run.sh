#!/usr/bin/env bash
# Starts the service on the embedded PostgreSQL of this checkout (or of GAMEIMAGES_DATA), and says what to do next.
set -euo pipefail
cd "$(dirname "$0")/.."
./build/setup.sh

export ASPNETCORE_ENVIRONMENT=Development DOTNET_ENVIRONMENT=Development ASPNETCORE_URLS=${ASPNETCORE_URLS:-http://127.0.0.1:8080}
dotnet build GameImages.sln -c Release -v quiet --nologo

(cd src/WebApi && exec dotnet bin/Release/net10.0/GameImages.WebApi.dll) &
service=$!
trap 'kill "$service" 2>/dev/null; wait "$service"' EXIT
trap 'exit 0' INT TERM

# It listens once its database is up and has the latest schema.
url=${ASPNETCORE_URLS%%;*}
address=${url#*://}
until (exec 3<>"/dev/tcp/${address%:*}/${address##*:}") 2>/dev/null; do
  kill -0 "$service" 2>/dev/null || { wait "$service"; exit 1; }
  sleep 0.2
done

cat <<NEXT

GameImages listens on $url; its API is described on $url/docs.
In another terminal, with a picture of yours:

  TOKEN=$(dotnet src/Migrator/bin/Release/net10.0/gameimages.dll token --user 7 --guild 42)
  curl -H "Authorization: Bearer \$TOKEN" $url/api/v1/games \\
    -F guild_id=42 -F channel_id=5 -F title='Dune: Imperium' -F scheduled_at=2027-02-07T19:30:00Z -F thumbnail=@picture.jpg

Ctrl-C stops it and its database.
NEXT
wait "$service"
