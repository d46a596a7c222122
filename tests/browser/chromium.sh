#!/bin/sh
# Installs Chromium for the browser tests by the system's package manager, where it is missing.
for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
sudo=
[ "$(id -u)" = 0 ] || sudo="sudo -n"
echo "The browser tests need Chromium; installing it."
if command -v apt-get >/dev/null 2>&1; then
    $sudo apt-get update -qq && DEBIAN_FRONTEND=noninteractive $sudo apt-get install -y -qq chromium fonts-noto-core >/dev/null
elif command -v dnf >/dev/null 2>&1; then
    $sudo dnf install -y -q chromium
elif command -v pacman >/dev/null 2>&1; then
    $sudo pacman -S --noconfirm chromium
elif command -v brew >/dev/null 2>&1; then
    brew install --cask chromium
else
    false
fi && exit 0
echo "Chromium could not be installed here. Install it yourself (the command 'chromium' must be found), then run make test again." >&2
exit 1
