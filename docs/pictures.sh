#!/usr/bin/env bash
# Makes the README's picture from the samples with headless Chromium, so that it cannot lie:
#   docs/pictures.sh
set -euo pipefail
cd "$(dirname "$0")/.."
out="$(mktemp -d)"
trap 'rm -rf "$out"' EXIT
cargo run --locked --release --quiet -- report samples --quiet -o "$out/page.html"
chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
    --disable-background-networking --disable-component-update --disable-sync \
    --user-data-dir="$out/profile" --hide-scrollbars --window-size=1000,1480 \
    --screenshot="$out/report.png" "file://$out/page.html" 2>/dev/null
cp "$out/report.png" docs/report.png
