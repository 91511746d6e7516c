import Text

/// The language on two screens of 80 columns and 24 lines.
enum LanguagePage {
  /// Returns the lines, wrapped on a narrower terminal. `command` shows a topic.
  static func lines(command: String, width: Int?) -> [String] {
    let next = topics.map { "`\(command) \($0)`" }.joined(separator: ", ")
    let lines = [
      text, "Next: \(next),",
      "`\(command) C0103` (a diagnostic), `conn run FILE --help` (a script).",
    ].flatMap { $0.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }
    guard let width, width < fullWidth else { return lines }
    return lines.flatMap { $0.wrapped(to: max(10, width)) }
  }

  private static let fullWidth = 80

  private static let topics = ["where", "operators", "dates"]

  private static let text = """
    A pipeline is a source and stages: rows flow from left to right.

      list where application == "jira" and not connected
      | sort by connection_lost_at desc
      | select id, name, days = now() - connection_lost_at

    Sources   list [all] [with runtime], get 36, from "file.csv", $rows, it, create
    Filter    where predicate, first n, last n, skip n, distinct by field
    Columns   select id, name, x = expression
    Order     sort by field [desc], …
    Groups    count; group by field with count(), min(f), max(f)
    Compare   diff from "old.json"; lookup by id, lookup by external_id
    Check     expect count <= n; expect all predicate; expect none predicate
    Show      show as table|json|jsonl|csv|ids|markdown|record; chart; save "f.csv"
    Write     update field = …; disconnect [force]; delete; tag "…"; untag; create

    A write needs a filter, or `list all`. conn shows the plan and asks before it
    sends anything. Outcome rows have action, outcome, reason and http_status.

    Operators == != < <= > >=, in, not in, between … and …
      text    contains, starts with, ends with, like "a*", matches "^a"
      lists   has "x", has any […], has all […]
      others  and, or, not, ?? (if null), + -, if … then … else …

    Values    "text"  'raw'  f"{name}!"  36  1_000  true  null  [1, 2]  { key: 1 }
    Dates     @2026-01-31 @2026-01-31T10:00:00Z 90d 1d12h ago(90d) now() today()
    A bare word is a field, never text. `== null` tests for null.
    Other comparisons with null are false; `!=` and `not in` are true.

    Functions lower upper trim length replace split substring remove_prefix int
              count empty min max date now today ago env secret

    Statements
      let rows = list where connected    name rows or a value: $rows
      param tag: string = "x"  ## help   conn run FILE tag=y sets it
      def old(d: duration) = where updated_at < ago($d)    a stage of your own
      for x in ["a", "b"] { … }          if count($rows) > 0 { … } else { … }
      print f"{1 + 1}"                   use "lib.conn"

    `#` starts a comment. A line that ends with `|` goes on.

    """
}
