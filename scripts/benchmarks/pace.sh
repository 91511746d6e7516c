# The pace of writes, compared with pacing by hand. Part of scripts/bench.

# Simulated links: the part of the permitted rate, and the calls in a thousand that were refused.
pace() {
  printf 'link\tconn\tsleep 1 after each call\tone call a second by the clock\n'
  swift test --package-path "$root" --filter RateLimiterSimulationTests 2>&1 |
    sed -n 's/^pace | //p' | sed 's/ | /\t/g'
  link
}

# 120 writes over a link of 250 ± 50 ms to the simulator, which has the documented limits.
link() {
  export XDG_STATE_HOME=$work/state
  snapshot 120 >"$work/rows.json"
  serve "$conn" simulate --data "$work/rows.json"
  background python3 "$root/scripts/benchmarks/link.py" "${WORKATO_HOST##*:}" >"$work/port"
  until [ -s "$work/port" ]; do sleep 0.1; done
  WORKATO_HOST=http://127.0.0.1:$(cat "$work/port") "$conn" eval 'list all | update folder_id = 7' \
    --yes --max-writes 120 --events "$work/events" >/dev/null 2>&1
  jq -rs 'map(select(.type == "call" and .method == "PUT")) |
    map((.at[0:19] + "Z" | fromdate) + (.at[19:23] | tonumber)) as $at |
    "\($at | length) writes over 250 ± 50 ms\t\((($at | length) - 1) / ($at[-1] - $at[0]) * 1000 | round / 1000) a second\t"
    + "\(map(select(.status == 429)) | length) refused"' "$work/events"
}
