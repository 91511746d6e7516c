import Language

extension HelpTable {
  package static let operators = HelpTable(
    "operators", "Operators, loosest first",
    """
    A condition is true or false, never null. `== null` and `!= null` test for null. `!=` and \
    `not in` are true for null, exactly like `not (… == …)` and `not (… in …)`; any other \
    comparison with null is false, and `tags` that are null count as empty. Text is compared \
    byte by byte; timestamps are compared as instants, whatever their offset. \
    `if … then … else …` binds loosest of all.
    """,
    [conditional]
      + Precedence.allCases.flatMap { level in
        level.operators.compactMap { spelling in
          meanings[level]?[spelling].map { entry(level, spelling, $0) }
        }
      })

  private typealias Meaning = (form: String, summary: String, example: String)

  private static let conditional = HelpEntry(
    ["if", "then", "else"], "if c then a else b", "`a` if `c` is true, otherwise `b`",
    facts: ["level": "conditional", "chaining": "`else` extends to the end"],
    examples: [
      HelpEntry.Example(
        "list | select id, state = if connected then \"connected\" else \"lost\"")
    ])

  private static func entry(_ level: Precedence, _ spelling: String, _ meaning: Meaning)
    -> HelpEntry
  {
    let words = spelling.split(separator: " ").filter { $0 != "…" }.map(String.init)
    return HelpEntry(
      [spelling] + (spelling.contains("…") ? words : []), meaning.form, meaning.summary,
      facts: ["level": "\(level)", "chaining": level.grouping],
      examples: [HelpEntry.Example("list where " + meaning.example)])
  }

  private static let meanings: [Precedence: [String: Meaning]] = [
    .or: [
      "or": (
        "a or b", "true if `a` or `b` is true", "not connected or connection_lost_at != null"
      )
    ],
    .and: ["and": ("a and b", "true if `a` and `b` are true", "connected and folder_id == 4515")],
    .not: ["not": ("not a", "true if `a` is false", "not connected")],
    .comparison: comparisons,
    .coalesce: [
      "??": ("a ?? b", "`a`, or `b` if `a` is null", "(external_id ?? \"none\") == \"none\"")
    ],
    .additive: [
      "+": (
        "a + b", "the sum of numbers or durations, or of a timestamp and a duration",
        "updated_at + 365d < now()"
      ),
      "-": ("a - b", "the difference; for two timestamps, a duration", "now() - updated_at > 90d"),
    ],
    .unary: ["-": ("-a", "the negative of a number or a duration", "id > -1")],
    .member: [".name": ("a.name", "a member of json or of a record", "raw.project_id == 118")],
  ]

  private static let comparisons: [String: Meaning] = [
    "==": ("a == b", "true if they are equal", "application == \"jira\""),
    "!=": ("a != b", "true if they differ, including if one is null", "folder_id != 4515"),
    "<": ("a < b", "true if `a` is less, or earlier", "connection_lost_at < ago(30d)"),
    "<=": ("a <= b", "true if `a` is less, or equal", "id <= 1300"),
    ">": ("a > b", "true if `a` is greater, or later", "updated_at > ago(730d)"),
    ">=": ("a >= b", "true if `a` is greater, or equal", "updated_at >= @2024-01-01"),
    "in": (
      "a in list", "true if the list contains the value", "application in [\"jira\", \"slack\"]"
    ),
    "not in": (
      "a not in list", "the same as `not (a in list)`; true if `a` is null",
      "application not in [\"jira\"]"
    ),
    "has any": (
      "list has any list", "true if the first list contains any of the second",
      "tags has any [\"tag-legacy\", \"tag-eu\"]"
    ),
    "has all": (
      "list has all list", "true if the first list contains all of the second",
      "tags has all [\"tag-legacy\", \"tag-eu\"]"
    ),
    "has": ("list has a", "true if the list contains `a`", "tags has \"tag-legacy\""),
    "contains": ("a contains b", "true if `a` contains the text `b`", "name contains \"JIRA\""),
    "starts with": (
      "a starts with b", "true if `a` starts with the text `b`", "name starts with \"ACME\""
    ),
    "ends with": (
      "a ends with b", "true if `a` ends with the text `b`", "name ends with \"connection\""
    ),
    "like": (
      "a like pattern", "true if `a` matches; `*` is any text, `?` one character",
      "name like \"*JIRA connection\""
    ),
    "matches": (
      "a matches pattern", "true if the regular expression matches part of `a`",
      "name matches \"^(Prod|Test) \""
    ),
    "between … and …": (
      "a between b and c", "true if `a` is between `b` and `c`, or equal to either",
      "id between 36 and 1300"
    ),
  ]
}
