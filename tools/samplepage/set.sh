#!/usr/bin/env bash
# Sets the page of the sample edition that is a PDF: page.html, printed by Chromium
# with the Noto CJK faces. What it makes is committed, so that a build needs neither.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
out="$PWD/../../testdata/sample/2024-09-12/A06.pdf"
profile="$(mktemp -d)"
trap 'rm -rf "$profile"' EXIT
chromium --headless --no-sandbox --disable-gpu --user-data-dir="$profile" \
	--no-pdf-header-footer --print-to-pdf="$out" "file://$PWD/page.html"
