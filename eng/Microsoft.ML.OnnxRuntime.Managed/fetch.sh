#!/bin/sh
# Puts ONNX Runtime 1.29.0 (C# sources and native library) into node_modules beside this script, once.
set -eu
cd "$(dirname "$0")"

package=node_modules/com.github.asus4.onnxruntime
# npm writes this file last: an interrupted installation does not have it.
complete=node_modules/.package-lock.json
is_fetched() { [ -f "$complete" ] && [ "$complete" -nt package-lock.json ] && [ -f "$package/Plugins/Linux/x64/libonnxruntime.so" ]; }

is_fetched && exit 0
command -v npm > /dev/null || { echo "npm is needed to fetch ONNX Runtime and was not found; install it (Debian: apt-get install npm)." >&2; exit 1; }

# Two builds may start at once: one installs, the other waits for it.
exec 9> .fetch.lock
flock 9
is_fetched && exit 0
echo "Installing the npm package com.github.asus4.onnxruntime 0.4.9 (ONNX Runtime 1.29.0, a 150 MB download) into $(pwd)/node_modules"
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
touch "$complete"
