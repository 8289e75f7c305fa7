#!/usr/bin/env bash
# Builds NasMl and runs it, from a clean clone.
#   ./build.sh run [ARGS]   the main job: search, train, export and score on real data (samples/QuickStart)
#   ./build.sh test         every test
#   ./build.sh build        only build
#   ./build.sh bench [ARGS] the benchmarks (test/Benchmarks)
# NASML_DEPENDENCIES=packages|system says where dependencies come from; without it the script finds out once and remembers.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
# Threads that spin while they wait slow down everything else on the machine, and each other.
# A very short spin is worth it: their next piece of work is mostly near.
export OMP_WAIT_POLICY="${OMP_WAIT_POLICY:-PASSIVE}" GOMP_SPINCOUNT="${GOMP_SPINCOUNT:-1000}"
props=eng/dependencies.props

usage() { sed -n '2,7s/^# \{0,1\}//p' "$0"; exit 2; }
say() { printf '==> %s\n' "$*"; }
need() { command -v "$1" >/dev/null || { echo "build.sh: '$1' is needed and not on the PATH: $2" >&2; exit 1; }; }

remember() {
  printf '<Project>\n  <!-- Written by build.sh; delete it to have it found out anew. -->\n  <PropertyGroup>\n    <DependencySource>%s</DependencySource>\n  </PropertyGroup>\n</Project>\n' "$1" >"$props"
}

# Asks the feed for the packages themselves: a shared cache may hold what the feed lacks.
packages_can_be_had() {
  local empty result=0
  empty=$(mktemp -d)
  DependencySource=packages timeout 600 dotnet restore eng/probe/Probe.csproj --packages "$empty" --force --no-http-cache -v q >"$empty.log" 2>&1 || result=$?
  rm -rf "$empty" "$empty.log" eng/probe/obj
  return "$result"
}

choose_source() {
  local source="${NASML_DEPENDENCIES:-}"
  if [ -z "$source" ] && [ -f "$props" ]; then
    source=$(sed -n 's:.*<DependencySource>\(.*\)</DependencySource>.*:\1:p' "$props")
  fi
  if [ -z "$source" ]; then
    say "Asking the NuGet sources for Microsoft.ML, TorchSharp and ONNX Runtime (once)"
    if packages_can_be_had; then source=packages; else source=system; fi
    say "Dependencies come from: $source"
    remember "$source"
  fi
  case "$source" in
    packages | system) ;;
    *) echo "build.sh: NASML_DEPENDENCIES is '$source'; it must be 'packages' or 'system'." >&2; exit 2 ;;
  esac
  export DependencySource="$source"
}

# Debian packages that are missing, installed after saying so.
install_debian() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  say "Installing with apt-get: ${missing[*]}"
  [ "$(id -u)" = 0 ] || { echo "build.sh: installing needs root; run as root, or: apt-get install ${missing[*]}" >&2; exit 1; }
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

prepare() {
  need dotnet "install the .NET 10 SDK"
  choose_source
  [ "$DependencySource" = system ] || return 0
  need g++ "install g++, which builds the shim on LibTorch"
  need npm "install npm, which brings ONNX Runtime"
  install_debian libtorch-dev libopenblas0-pthread
  [ "${1:-}" != test ] || install_debian python3-onnx libonnx-testdata postgresql
  eng/Microsoft.ML.OnnxRuntime.Managed/fetch.sh
  eng/TorchSharp/native/build.sh eng/native
}

command="${1:-}"
[ $# -eq 0 ] || shift
case "$command" in
  build)
    prepare
    dotnet build NasMl.sln -c Release -v q
    ;;
  run)
    prepare
    dotnet build samples/QuickStart -c Release -v q
    dotnet run --project samples/QuickStart -c Release --no-build -- "$@"
    ;;
  bench)
    prepare
    dotnet build test/Benchmarks -c Release -v q
    dotnet run --project test/Benchmarks -c Release --no-build -- "$@"
    ;;
  test)
    prepare test
    rm -rf TestResults
    # One test host at a time: each brings its own thread pools.
    dotnet test NasMl.sln -c Release -m:1 --logger trx --results-directory TestResults --logger "console;verbosity=minimal" "$@"
    ;;
  *) usage ;;
esac
