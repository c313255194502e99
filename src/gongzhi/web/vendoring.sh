#!/bin/sh
# Fetch the JavaScript of others anew: versions here, files and SHA256SUMS in the repository.
# Needs npm, and only when a version changes; building and running need no Node.
set -eu
cd "$(dirname "$0")"
site=$(pwd)/static/vendor
tests=$(cd ../../../tests/journeys && pwd)/vendor
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fetch() { # package version
  (cd "$work" && npm pack --silent "$1@$2" >/dev/null && mkdir "$1" && tar xzf "$1-$2.tgz" -C "$1")
}

fetch echarts 6.1.0
mkdir -p "$site/echarts"
cp "$work/echarts/package/dist/echarts.common.min.js" "$work/echarts/package/LICENSE" \
  "$work/echarts/package/NOTICE" "$site/echarts/"
gzip -9nkf "$site/echarts/echarts.common.min.js" # sent as it is to browsers that take gzip
(cd "$site" && find . -type f ! -name SHA256SUMS | LC_ALL=C sort | xargs sha256sum >SHA256SUMS)

fetch axe-core 4.14.1
mkdir -p "$tests/axe"
cp "$work/axe-core/package/axe.min.js" "$work/axe-core/package/LICENSE" \
  "$work/axe-core/package/LICENSE-3RD-PARTY.txt" "$tests/axe/"
fetch html_codesniffer 2.5.1
mkdir -p "$tests/htmlcs"
cp "$work/html_codesniffer/package/build/HTMLCS.js" "$tests/htmlcs/"
cp "$work/html_codesniffer/package/build/licence.txt" "$tests/htmlcs/LICENSE"
(cd "$tests" && find . -type f ! -name SHA256SUMS | LC_ALL=C sort | xargs sha256sum >SHA256SUMS)
