#!/usr/bin/env bash
# Compares the service with nginx, bare Kestrel and PostgreSQL alone. --help lists the options. "parts" measures code that needs
# no server.
set -euo pipefail
cd "$(dirname "$0")/.."

export PATH=$PATH:/usr/sbin
packages=()
command -v wrk > /dev/null || packages+=(wrk)
command -v nginx > /dev/null || packages+=(nginx-light)
pgbench --version &> /dev/null || packages+=(postgresql)
if [ ${#packages[@]} -gt 0 ]; then
  if [ "$(id -u)" -eq 0 ] && command -v apt-get > /dev/null; then
    { apt-get update -qq && RUNLEVEL=1 apt-get install -y -qq --no-install-recommends "${packages[@]}"; } > /dev/null
  else
    echo "Some programs are missing. To run all cases, install Debian's packages ${packages[*]}, or the equivalent of your system." >&2
  fi
fi
./build/setup.sh

dotnet publish src/WebApi -c Release -v quiet --nologo -o tests/Benchmarks/bin/service >&2
dotnet publish src/Variants -c Release -v quiet --nologo -o tests/Benchmarks/bin/worker >&2
dotnet build tests/Benchmarks -c Release -v quiet --nologo >&2
exec dotnet tests/Benchmarks/bin/Release/net10.0/GameImages.Benchmarks.dll \
  --service tests/Benchmarks/bin/service --worker tests/Benchmarks/bin/worker "$@"
