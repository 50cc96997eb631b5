#!/usr/bin/env bash
# Prints which packages the wasm programs' code comes from, the largest first.
#   wasm/sizes.sh [app|engine] [LINES]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
. wasm/flags.sh
wasm_workspace
program="${1:-app}"
case "$program" in app) main=./wasm/page overlay=page ;; engine) main=./wasm/engine overlay=engine ;; *) echo "usage: wasm/sizes.sh [app|engine] [LINES]" >&2; exit 2 ;; esac
wasm_go build "${wasm_flags[@]}" -ldflags -w -overlay "build/wasm/$overlay.json" -o "build/wasm/$program-named.wasm" "$main"
wasm_go list -deps "$main" | go run ./wasm/sizes "build/wasm/$program-named.wasm" | head -n "${2:-40}"
