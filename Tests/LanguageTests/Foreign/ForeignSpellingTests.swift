import Evaluation
import Language
import Testing

/// What people type out of habit, the hint that they get, and the text after all fixes; `nil` if
/// only a person can say.
@Suite struct ForeignSpellingTests {
  typealias Habit = (typed: String, hint: String, fixed: String?)

  private func check(_ habit: Habit) throws {
    let errors = CheckFixture().analyze(habit.typed).diagnostics.filter(\.isError)
    let help = errors.flatMap(\.help)
    #expect(help.contains { $0.contains(habit.hint) }, "\(habit.typed): \(help)")
    let isFixed = errors.allSatisfy { $0.fixes.count == 1 }
    #expect(isFixed == (habit.fixed != nil), "\(habit.typed): \(errors)")
    guard let fixed = habit.fixed else { return }
    #expect(Self.fixed(habit.typed) == fixed)
    let rest = CheckFixture().analyze(fixed).diagnostics.filter(\.isError)
    #expect(rest.isEmpty, "\(fixed): \(rest.map(\.message))")
  }

  static func fixed(_ text: String) -> String {
    var text = text
    for _ in 0..<5 {
      let errors = CheckFixture().analyze(text).diagnostics.filter(\.isError)
      let file = SourceFile(name: "test", text: text)
      text = String(decoding: FixApplier.fixed(file, errors, guessing: true).text, as: UTF8.self)
    }
    return text
  }

  @Test(
    arguments: [
      ("list where name ilike \"x*\"", "`lower(name) like", nil),
      ("list where name ~ \"x\"", "write `matches`", "list where name matches \"x\""),
      ("list where name !~ \"x\"", "not … matches", "list where not name matches \"x\""),
      ("list where name not like \"x\"", "not … like", "list where not name like \"x\""),
      ("list where name rlike \"x\"", "write `matches`", "list where name matches \"x\""),
      ("list where name is not \"x\"", "write `!=`", "list where name != \"x\""),
      ("list where id === 3", "write `==`", "list where id == 3"),
      ("list where id eq 3", "write `==`", "list where id == 3"),
      ("list where id gt 3 and id lte 9", "write `>`", "list where id > 3 and id <= 9"),
      ("list where name =~ \"x\"", "write `matches` for a regular expression", nil),
      ("list where name startswith \"x\"", "starts with", "list where name starts with \"x\""),
      ("list where name ends_with \"x\"", "ends with", "list where name ends with \"x\""),
      ("list where name !contains \"x\"", "not … contains", "list where not name contains \"x\""),
      ("list where id !in [1]", "write `not in`", "list where id not in [1]"),
      ("list where id not-in [1]", "write `not in`", "list where id not in [1]"),
      ("list where tags has_any [\"x\"]", "write `has any`", "list where tags has any [\"x\"]"),
      ("list where tags has_all [\"x\"]", "write `has all`", "list where tags has all [\"x\"]"),
      ("list where name matches regex \"x\"", "write `matches`", "list where name matches \"x\""),
      ("list where id -eq 3", "write `==`", "list where id == 3"),
      ("list where name -ne \"x\"", "write `!=`", "list where name != \"x\""),
      (
        "list where name -like \"x*\" -and id -gt 3", "write `and`",
        "list where name like \"x*\" and id > 3"
      ),
      (
        "list where name -notlike \"x*\" -or -not connected", "not … like",
        "list where not name like \"x*\" or not connected"
      ),
      ("list where name -match \"x\"", "write `matches`", "list where name matches \"x\""),
      ("list where tags -contains \"x\"", "write `has`", "list where tags has \"x\""),
      ("list where id -in [1, 2]", "write `in`", "list where id in [1, 2]"),
      ("list where external_id -eq $null", "write `null`", "list where external_id == null"),
      ("list where external_id == NULL", "write `null`", "list where external_id == null"),
      ("list where connected == TRUE", "write `true`", "list where connected == true"),
    ] as [Habit])
  func operators(_ habit: Habit) throws { try check(habit) }

  @Test(
    arguments: [
      ("list | filter connected", "write `where`", "list | where connected"),
      ("list | having connected", "write `where`", "list | where connected"),
      ("list | Where-Object connected", "write `where`", "list | where connected"),
      ("list | limit 5", "write `first`", "list | first 5"),
      ("list | take 5", "write `first`", "list | first 5"),
      ("list | head 5", "write `first`", "list | first 5"),
      ("list | tail 5", "write `last`", "list | last 5"),
      ("list | offset 5", "write `skip`", "list | skip 5"),
      ("list | Select-Object -First 5", "write `first`", "list | first 5"),
      ("list | Select-Object name", "write `select`", "list | select name"),
      ("list | project id, name", "write `select`", "list | select id, name"),
      ("list | select id name", "a comma", "list | select id, name"),
      ("list | select *", "keep every column", nil),
      ("list | select count(*)", "write `count`", "list | count"),
      ("list | select distinct name", "`distinct by`", nil),
      ("list | select name from connections", "source that begins", nil),
      ("list | order by name", "write `sort by`", "list | sort by name"),
      ("list | sort name", "write `by`", "list | sort by name"),
      ("list | sort by name descending", "write `desc`", "list | sort by name desc"),
      ("list | sort by name DESC", "write `desc`", "list | sort by name desc"),
      ("list | sort by -name", "write `desc`", "list | sort by name desc"),
      ("list | sort by -updated_at", "write `desc`", "list | sort by updated_at desc"),
      ("list | sort-by name", "write `sort by`", "list | sort by name"),
      ("list | sort_by(.name)", "write `sort by name`", "list | sort by name"),
      ("list | Sort-Object name", "write `sort by`", "list | sort by name"),
      (
        "list | Sort-Object name -Descending", "write `sort by name desc`",
        "list | sort by name desc"
      ),
      (
        "list | Sort-Object -Property name -Descending", "write `sort by name desc`",
        "list | sort by name desc"
      ),
      ("list | Sort-Object -Property name", "write `sort by`", "list | sort by name"),
      ("list | sort by name, id -Descending", "write `desc` after", nil),
      ("list | head -5", "write `first 5`", "list | first 5"),
      ("list | head -n 5", "write `first`", "list | first 5"),
      ("list | first -n 5", "write `first`", "list | first 5"),
      ("list *", "every field", nil), ("list * | count", "every field", nil),
      ("list --all", "`list` reads every connection", nil),
      ("list --all | delete", "before a write, write `list all`", nil),
      ("list --limit 5", "write `| first n`", nil), ("list --help", "`conn help list`", nil),
      ("list --json id,name", "write `| show as json`", nil),
      ("list -- every connection", "a comment begins with `#`", nil),
      ("list | group application", "write `by`", "list | group by application"),
      ("list | count by application", "write `group by`", "list | group by application"),
      ("list | group_by(.application)", "group by application", "list | group by application"),
      ("list | group-by application", "write `group by`", "list | group by application"),
      ("list | Group-Object application", "write `group by`", "list | group by application"),
      ("list | summarize count() by application", "`group by … with count(), max(…)`", nil),
      ("list | top 5 by name", "`sort by … desc | first n`", nil),
      ("list | max_by(.id)", "`sort by … desc | first 1`", nil),
      ("list | extend days = 3", "`select id, days = …`", nil),
      ("list | uniq-by name", "write `distinct by`", "list | distinct by name"),
      ("list | unique_by(.name)", "distinct by name", "list | distinct by name"),
      ("list | distinct name", "write `by`", "list | distinct by name"),
      ("list | distinct on (name)", "write `distinct by`", nil),
      ("list | length", "write `count`", "list | count"),
      ("list | wc -l", "write `count`", "list | count"),
      ("list | Measure-Object", "write `count`", "list | count"),
      ("list | count(*)", "write `count`", "list | count"),
      ("list | map(.name)", "write `select name`", "list | select name"),
      ("list | select(.connected)", "write `where`", "list | where(connected)"),
      ("list | .[]", "leave it out", nil), ("list | .name", "without the dot", nil),
      ("list | keys", "`show as record`", nil), ("list | get name", "`select name`", nil),
      ("list | reject name", "columns to keep", nil), ("list | del(.name)", "columns to keep", nil),
      ("list | rename", "`update name = …`", nil), ("list | move 5", "`update folder_id = …`", nil),
      ("list | union x", "one `where` with `or`", nil), ("list | join x", "`lookup by id`", nil),
      ("list | each { }", "`for x in … { … }`", nil),
      ("list | ForEach-Object { }", "`for x in … { … }`", nil),
      ("list | test(\"x\")", "`where name matches", nil),
      ("list | grep \"x\"", "`where name contains", nil),
      ("list | ids", "write `show as ids`", "list | show as ids"),
      ("list | to csv", "write `show as csv`", "list | show as csv"),
      ("list | ConvertTo-Csv", "write `show as csv`", "list | show as csv"),
      ("list | ConvertTo-Json", "write `show as json`", "list | show as json"),
      ("list | Format-Table", "write `show as table`", "list | show as table"),
      ("list | tee \"x.csv\"", "write `save`", "list | save \"x.csv\""),
      ("list | Export-Csv \"x.csv\"", "`save \"file.csv\"`", nil),
      ("list | save rows.csv", "write `\"rows.csv\"`", "list | save \"rows.csv\""),
      ("list | save > rows.csv", "write `save \"file.csv\"`", nil),
      ("list | lookup id", "write `by`", "list | lookup by id"),
      ("list where connected limit 5", "write `| first`", "list where connected | first 5"),
      ("list where connected sort by id", "write `| sort`", "list where connected | sort by id"),
      ("list first 5", "write `| first`", "list | first 5"),
      ("list WHERE connected", "write `| where`", "list | where connected"),
      ("list | first", "the number of rows: `first 1`", nil),
      ("list | first | count", "the number of rows: `first 1`", nil),
      ("list connections", "`list where …`", nil), ("list name == \"x\"", "`list where …`", nil),
      ("get 36 37", "a comma", "get 36, 37"),
      ("get 36 | disconnect --force", "disconnect force", "get 36 | disconnect force"),
      ("get 36 | remove", "write `delete`", nil), ("get 36 | rm", "write `delete`", nil),
      ("get 36 | set name = \"x\"", "write `update`", nil),
      ("get 36 | update set name = \"x\"", "leave `set` out", nil),
      ("list | delete where connected", "filter first", nil),
      ("list | delete from connections", "`list where … | delete`", nil),
    ] as [Habit])
  func stages(_ habit: Habit) throws { try check(habit) }

  @Test(
    arguments: [
      ("select name from connections", "start with a source", nil),
      ("SELECT name FROM connections", "start with a source", nil),
      ("let $x = 1", "its value is `$x`", "let x = 1"),
      ("$x = 1", "write `let x = …`", "let x = 1"),
      ("$x = list | count", "write `let x = …`", "let x = list | count"),
      ("x = 1", "write `let x = …`", "let x = 1"),
      ("from rows.csv", "write `\"rows.csv\"`", "from \"rows.csv\""),
      ("from rows.csv | count", "write `\"rows.csv\"`", "from \"rows.csv\" | count"),
      ("delete from connections", "`list where … | delete …`", nil),
      ("insert into connections", "`create name = …", nil),
      ("1 + 1", "write `print …`", "print 1 + 1"), ("6", "write `print …`", nil),
      ("\"x\"", "write `print …`", "print \"x\""),
      ("now()", "write `print …`", "print now()"), ("echo 1", "write `print`", "print 1"),
      ("ls", "write `list`", "list"), ("connections | count", "write `list`", "list | count"),
      ("!ls", "can't run shell commands", nil), (":help where", "at the prompt only", nil),
      ("\\d", "psql's", nil), (".[] | count", "write `list`", nil), ("help", "`conn help`", nil),
      ("var x = 1", "write `let`", "let x = 1"),
      ("while true { }", "every script ends", nil),
      ("open \"rows.csv\"", "write `from`", "from \"rows.csv\""),
      ("Import-Csv \"rows.csv\"", "write `from`", "from \"rows.csv\""),
      ("cat \"rows.csv\"", "write `from`", "from \"rows.csv\""),
    ] as [Habit])
  func statements(_ habit: Habit) throws { try check(habit) }

  @Test(
    arguments: [
      (
        "list where status == \"x\"", "`authorization_status`",
        "list where authorization_status == \"x\""
      ),
      ("list where app == \"x\"", "`application`", "list where application == \"x\""),
      ("list where folder == 3", "`folder_id`", "list where folder_id == 3"),
      ("list where created > ago(1d)", "`created_at`", "list where created_at > ago(1d)"),
      ("list where active", "`connected`", nil),
      ("list where disconnected", "`not connected`", nil),
      ("list where $_.name == \"x\"", "by their names", nil),
      ("list where created_at > 2024-01-01", "`@` before", "list where created_at > @2024-01-01"),
      (
        "list where created_at > 2024-01-01T10:00:00Z", "`@` before",
        "list where created_at > @2024-01-01T10:00:00Z"
      ),
      (
        "list where created_at between 2024-01-01 and 2024-02-01", "`@` before",
        "list where created_at between @2024-01-01 and @2024-02-01"
      ),
      (
        "list where created_at > \"2024-01-01\"", "a date as", "list where created_at > @2024-01-01"
      ),
      ("list where created_at > ago(6 months)", "use days", nil),
      ("list where created_at > ago(6mo)", "use days", nil),
      ("list where created_at > ago(90 days)", "write `90d`", "list where created_at > ago(90d)"),
      (
        "list where created_at > ago(90days)", "write a duration",
        "list where created_at > ago(90d)"
      ),
      (
        "list where created_at > now() - 2 weeks", "write `2w`",
        "list where created_at > now() - 2w"
      ),
      ("list where created_at < now - 1d", "write `now()`", "list where created_at < now() - 1d"),
      ("list where created_at > today", "write `today()`", "list where created_at > today()"),
      ("list where created_at > yesterday", "`today() - 1d`", nil),
      ("list where len(name) > 3", "write `length`", "list where length(name) > 3"),
      ("list where startswith(name, \"x\")", "`name starts with", nil),
      ("list where test(name, \"x\")", "`name matches", nil),
      ("list where coalesce(name, \"x\") == \"x\"", "`a ?? b`", nil),
      ("list where isnull(external_id)", "`name == null`", nil),
      ("list where concat(name, \"x\") == \"x\"", "`f\"{a} {b}\"`", nil),
      ("list where datetime(\"2024-01-01\") < created_at", "write a date as", nil),
    ] as [Habit])
  func values(_ habit: Habit) throws { try check(habit) }

  @Test func otherRowsNeedASource() throws {
    let found = try #require(CheckFixture().analyze("list | diff \"old.json\"").diagnostics.first)
    #expect(found.help == ["write `diff from \"…\"`"])
    #expect(found.fixes.map { $0.edits.map(\.replacement) } == [["from "]])
  }

  @Test(arguments: [
    ("from ~/old/rows-1.csv", "from \"~/old/rows-1.csv\""),
    ("from /old/rows.csv | count", "from \"/old/rows.csv\" | count"),
    ("from ./rows.csv", "from \"./rows.csv\""), ("use lib.conn", "use \"lib.conn\""),
    ("list | diff old.json", "list | diff from \"old.json\""),
  ])
  func aFileWithoutQuotesIsOneError(_ typed: String, _ fixed: String) throws {
    let errors = CheckFixture().analyze(typed).diagnostics
    #expect(errors.map(\.code) == ["C0050"], "\(errors.map(\.message))")
    #expect(Self.fixed(typed) == fixed)
  }

  /// What only looks like another language is left alone.
  @Test(arguments: [
    "def take(n: int) = first $n\nlist | take(3)", "list | sort by -id",
    "list where id > 2024-01-01",
    "list | select id, count = id | where count - id == 0", "list | select eq = id | where -eq < 3",
    "def limit(n: int) = first $n\nlist | limit(3)",
    "list | select match = id | sort by match desc",
    "let rows = list\n$rows | save f\"{1}.csv\"", "list | save replace(\"x.csv\", \"x\", \"y\")",
  ])
  func leavesValidScriptsAlone(_ text: String) {
    #expect(CheckFixture().analyze(text).diagnostics.map(\.message) == [])
  }
}
