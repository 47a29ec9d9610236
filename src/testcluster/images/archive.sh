#!/bin/sh
# Writes a docker-archive with all images of a recipe; equal input gives equal bytes, whoever runs it.
#
# usage: archive.sh RECIPE ROOT OUTPUT
#
# ROOT is the layer that all of them share. Each RECIPE/NAME.json (the "config" of an image: Env, Entrypoint,
# StopSignal…) makes an image. If there is RECIPE/NAME.sh, it is called with an empty folder and ROOT, and what it puts
# into the folder is a second layer.
set -eu

recipe=$1
root=$2
output=$3
parts=$output.parts

# layer FOLDER: makes a part of it and prints its digest. Everything belongs to root.
layer() {
  (cd "$1" && find . -mindepth 1 -printf '%P\0' | sort -z) |
    tar -c -f "$parts/layer" -C "$1" --null --no-recursion --verbatim-files-from -T - \
      --format=gnu --mtime=@0 --owner=0 --group=0 --numeric-owner
  digest=$(sha256sum "$parts/layer" | cut -d ' ' -f 1)
  mv "$parts/layer" "$parts/$digest.tar"
  echo "$digest"
}

# image NAME: makes its config and prints its line of the manifest.
image() {
  layers=$base
  if [ -f "$recipe/$1.sh" ]; then
    mkdir "$parts/more"
    sh "$recipe/$1.sh" "$parts/more" "$root"
    layers="$base $(layer "$parts/more")"
    rm -rf "$parts/more"
  fi
  # $layers is a list
  # shellcheck disable=SC2086
  ids=$(printf ',"sha256:%s"' $layers)
  # shellcheck disable=SC2086
  files=$(printf ',"%s.tar"' $layers)
  printf '{"architecture":"%s","os":"linux","created":"1970-01-01T00:00:00Z","config":%s,"rootfs":{"type":"layers","diff_ids":[%s]}}\n' \
    "$(dpkg --print-architecture)" "$(cat "$recipe/$1.json")" "${ids#,}" >"$parts/$1.json"
  tags=
  if [ -f "$recipe/$1.tags" ]; then tags=$(sed 's/.*/,"&"/' "$recipe/$1.tags" | tr -d '\n'); fi
  printf '{"Config":"%s.json","RepoTags":["monolift.test/%s:1"%s],"Layers":[%s]}\n' "$1" "$1" "$tags" "${files#,}"
}

mkdir "$parts"
base=$(layer "$root")
: >"$parts/lines"
for config in "$recipe"/*.json; do image "$(basename "$config" .json)" >>"$parts/lines"; done
echo "[$(paste -sd , "$parts/lines")]" >"$parts/manifest.json"
rm "$parts/lines"
find "$parts" -type f -printf '%P\n' | sort | tar -c -f "$output" -C "$parts" -T - \
  --format=gnu --mtime=@0 --owner=0 --group=0 --numeric-owner --mode=644
rm -rf "$parts"
