# Start-up, compared with jq. Part of scripts/bench.

start() {
  local results=$work/results.json
  hyperfine --shell=none --warmup 10 --runs 100 --export-json "$results" --style none \
    "$conn --version" \
    "$conn check $root/scripts/maintenance/disconnect-tagged.conn" \
    "jq -n 1" >/dev/null
  jq -r '.results as $all | $all[-1].median as $base | $all[] |
    "\(.median * 1000 * 100 | round / 100) ms\t\(.median / $base * 100 | round / 100) × jq\t" +
    (.command | sub(".*/release/"; "") | sub("/[^ ]*/scripts"; "scripts"))' "$results"
  printf '%s\t%s\n' "$(jq --version)" "$(stat -c '%s bytes' "$conn") in the binary"
}
