import Language

extension HelpTable {
  package static let operators = HelpTable(
    "operators", "Operators, loosest first",
    """
    There is one null, and two truth values: `== null` and `!= null` ask for it, every other \
    comparison with null is false, and `tags` that are null count as empty. Text is compared byte \
    by byte, instants whatever their offsets. `if … then … else …` is looser than all of them.
    """,
    [conditional]
      + Precedence.allCases.flatMap { level in
        level.operators.compactMap { spelling in
          meanings[level]?[spelling].map { entry(level, spelling, $0) }
        }
      })

  private typealias Meaning = (form: String, summary: String, example: String)

  private static let conditional = HelpEntry(
    ["if", "then", "else"], "if c then a else b", "the one or the other value",
    facts: ["level": "conditional", "several of them": "the last one goes on to the end"],
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
      facts: ["level": "\(level)", "several of them": level.grouping],
      examples: [HelpEntry.Example("list where " + meaning.example)])
  }

  private static let meanings: [Precedence: [String: Meaning]] = [
    .or: ["or": ("a or b", "true where either is", "not connected or connection_lost_at != null")],
    .and: ["and": ("a and b", "true where both are", "connected and folder_id == 4515")],
    .not: ["not": ("not a", "true where `a` is not", "not connected")],
    .comparison: comparisons,
    .coalesce: [
      "??": ("a ?? b", "`b` where `a` is null", "(external_id ?? \"none\") == \"none\"")
    ],
    .additive: [
      "+": (
        "a + b", "the sum: numbers, a timestamp and a duration, durations",
        "updated_at + 365d < now()"
      ),
      "-": ("a - b", "the difference; of two timestamps a duration", "now() - updated_at > 90d"),
    ],
    .unary: ["-": ("-a", "the negative of a number or a duration", "id > -1")],
    .member: [".name": ("a.name", "a member of json or of a record", "raw.project_id == 118")],
  ]

  private static let comparisons: [String: Meaning] = [
    "==": ("a == b", "true where they are equal", "application == \"jira\""),
    "!=": ("a != b", "true where they differ, also where one of them is null", "folder_id != 4515"),
    "<": ("a < b", "true where `a` is less, or earlier", "connection_lost_at < ago(30d)"),
    "<=": ("a <= b", "true where `a` is less, or equal", "id <= 1300"),
    ">": ("a > b", "true where `a` is greater, or later", "updated_at > ago(730d)"),
    ">=": ("a >= b", "true where `a` is greater, or equal", "updated_at >= @2024-01-01"),
    "in": ("a in list", "true where the list has it", "application in [\"jira\", \"slack\"]"),
    "not in": (
      "a not in list", "true where it is a value that the list has not",
      "application not in [\"jira\"]"
    ),
    "has any": (
      "list has any list", "true where it has one of them",
      "tags has any [\"tag-legacy\", \"tag-eu\"]"
    ),
    "has all": (
      "list has all list", "true where it has each of them",
      "tags has all [\"tag-legacy\", \"tag-eu\"]"
    ),
    "has": ("list has a", "true where `a` is one of its elements", "tags has \"tag-legacy\""),
    "contains": ("a contains b", "true where the text `b` occurs in it", "name contains \"JIRA\""),
    "starts with": ("a starts with b", "true where it begins so", "name starts with \"ACME\""),
    "ends with": ("a ends with b", "true where it ends so", "name ends with \"connection\""),
    "like": (
      "a like pattern", "`*` is any text, `?` one character", "name like \"*JIRA connection\""
    ),
    "matches": (
      "a matches pattern", "a regular expression occurs in it", "name matches \"^(Prod|Test) \""
    ),
    "between … and …": (
      "a between b and c", "true where it is one of them, or between", "id between 36 and 1300"
    ),
  ]
}
