#!/usr/bin/env bash
# Builds libTorchShim.so, the C interface that eng/TorchSharp calls LibTorch through.
# usage: build.sh OUTDIR        LIBTORCH names an unpacked LibTorch; without it, Debian's libtorch-dev is used
# A second call with the same sources and the same LibTorch does nothing.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
out=${1:?usage: build.sh OUTDIR}
cxx=${CXX:-g++}

if [ -n "${LIBTORCH:-}" ]; then
  include=$LIBTORCH/include
  link=(-L"$LIBTORCH/lib" "-Wl,-rpath,$LIBTORCH/lib")
else
  include=/usr/include
  link=()
fi
version_h=$include/torch/csrc/api/include/torch/version.h
if [ ! -f "$version_h" ]; then
  echo "build.sh: no LibTorch under $include: install Debian's libtorch-dev, or set LIBTORCH to the folder of an unpacked LibTorch" >&2
  exit 1
fi
flags=(-std=c++17 -O2 -fPIC -fvisibility=hidden -fno-strict-aliasing -I"$include/torch/csrc/api/include")
[ "$include" = /usr/include ] || flags+=(-I"$include")
config=${LIBTORCH:-/usr}/share/cmake/Torch/TorchConfig.cmake
if [ -f "$config" ] && grep -q '_GLIBCXX_USE_CXX11_ABI=0' "$config"; then flags+=(-D_GLIBCXX_USE_CXX11_ABI=0); fi
link+=(-ltorch_cpu -lc10 -ldl)
# Nothing here calls into the CUDA library; it registers itself when it is loaded.
if [ -n "${LIBTORCH:-}" ] && [ -f "$LIBTORCH/lib/libtorch_cuda.so" ]; then link+=(-Wl,--no-as-needed -ltorch_cuda -ltorch); fi

version=$(cat "${LIBTORCH:-}/build-version" 2>/dev/null || sed -n 's/^#define TORCH_VERSION_\(MAJOR\|MINOR\|PATCH\) *//p' "$version_h" | paste -sd.)
mkdir -p "$out"
exec 9>"$out/.lock"; flock 9  # several projects may build at once
hash=$(cat "$here"/*.cpp "$here"/*.h "$here/build.sh" "$version_h" <(echo "$cxx ${flags[*]} ${link[*]}") | sha256sum | cut -c1-16)
if [ -f "$out/libTorchShim.so" ] && [ "$(cat "$out/libTorchShim.hash" 2>/dev/null)" = "$hash" ]; then exit 0; fi

echo "Compiling the LibTorch $version shim with $cxx (about half a minute, once) ..."
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
pids=()
for source in "$here"/*.cpp; do
  "$cxx" "${flags[@]}" -c "$source" -o "$work/$(basename "$source").o" & pids+=($!)
done
for pid in "${pids[@]}"; do wait "$pid"; done
"$cxx" -shared -o "$work/libTorchShim.so" "$work"/*.o "${link[@]}"
# Readers of the old file keep it; the new one appears at once.
mv -f "$work/libTorchShim.so" "$out/libTorchShim.so.new" && mv -f "$out/libTorchShim.so.new" "$out/libTorchShim.so"
echo "$hash" >"$out/libTorchShim.hash"
