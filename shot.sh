#!/bin/bash
# shot.sh html out width light|dark [height]
D=$(mktemp -d)
X=""; [ "$4" = dark ] && X="--force-dark-mode --blink-settings=preferredColorScheme=0"
[ "$4" = light ] && X="--blink-settings=preferredColorScheme=1"
timeout 120 chromium --headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync --user-data-dir=$D --hide-scrollbars $X --window-size=$3,${5:-4000} --screenshot=$2 file://$1 >/dev/null 2>&1
rm -rf $D
