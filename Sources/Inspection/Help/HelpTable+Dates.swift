extension HelpTable {
  package static let dates = HelpTable(
    "dates", "Dates and durations",
    """
    A date begins with `@`; without a time it is midnight UTC. A duration is a number and a unit: \
    `s`, `m`, `h`, `d` or `w`. Months and years have no fixed length, so write days.
    """,
    [
      entry("@2026-01-31", "midnight UTC of that day", "created_at >= @2024-01-01"),
      entry(
        "@2026-01-31T10:00:00+02:00", "that instant; `Z` is UTC",
        "updated_at < @2024-01-01T10:00:00+02:00"),
      entry("90d, 36h, 1d12h", "a duration", "now() - updated_at > 90d"),
      entry("ago(90d)", "the instant that long before now", "connection_lost_at < ago(90d)"),
      entry("now() - 36h", "an instant computed from another", "updated_at > now() - 36h"),
      entry("today()", "midnight UTC of today", "updated_at >= today()"),
    ])

  private static func entry(_ signature: String, _ summary: String, _ condition: String)
    -> HelpEntry
  {
    HelpEntry(
      [signature], signature, summary, examples: [HelpEntry.Example("list where " + condition)])
  }
}
