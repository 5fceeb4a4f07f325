#!/usr/bin/env bash
# Makes the README's pictures with headless Chromium from the samples and an invented squad, so that
# they cannot lie:
#   docs/pictures.sh
set -euo pipefail
cd "$(dirname "$0")/.."
out="$(mktemp -d)"
trap 'rm -rf "$out"' EXIT
cargo build --locked --release --quiet
program=target/release/lightfoot
"$program" report samples --quiet -o "$out/page.html" --runs "$out/runs"
cargo run --locked --release --quiet --example make_squad -- 12 60 "$out/squad" 1800 >/dev/null
# Athletes without cadence, say, are part of a squad: the list ends with a 3 and is whole.
"$program" coach "$out/squad" --quiet -o "$out/coach.html" || [ $? = 3 ]

# picture PAGE FILE WIDTH HEIGHT
picture() {
    chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run \
        --disable-background-networking --disable-component-update --disable-sync \
        --user-data-dir="$out/profile" --hide-scrollbars --window-size="$3,$4" \
        --screenshot="$out/picture.png" "file://$1" 2>/dev/null
    cp "$out/picture.png" "docs/$2"
}
picture "$out/page.html" report.png 1000 1480
picture "$(ls "$out"/runs/2026-05-12*.html)" run.png 1000 1560
picture "$out/coach.html" coach.png 1200 1300
