/// Articles about characters, literals and grammar.
extension DiagnosticArticle {
  static let syntax: [DiagnosticArticle] = [
    DiagnosticArticle(
      "C0001", "hidden character or foreign encoding",
      #"""
      A script is UTF-8 text without control, zero-width or text-direction characters.
      You can't see those, or they make a line look different from what runs: a word
      pasted from a chat can look like `jira` and still match no application. Remove
      the character; if a string needs it, write the escape shown in the message, such
      as `\u{200B}`. Save files in UTF-16 or another encoding as UTF-8.
      """#,
      wrong: #"list where application == "jira\#u{200B}""#,
      right: #"list where application == "jira""#),
    DiagnosticArticle(
      "C0002", "typographic character",
      """
      Strings use straight quotes, and spaces and minus signs are the plain ones on
      the keyboard. Word processors, wikis and chats replace them with curly quotes,
      non-breaking spaces and dashes. `conn` rejects those instead of guessing,
      because such a program may have changed the text in other places too, so check
      it. `conn check --fix` inserts the plain characters; remove characters that the
      language doesn't use at all, such as `~`.
      """,
      wrong: "list where application == “jira”",
      right: #"list where application == "jira""#),
    DiagnosticArticle(
      "C0003", "unterminated string",
      #"""
      A string ends at the same quote that it starts with and may contain line breaks.
      If the closing quote is missing, everything after it is text, so there is one
      error, at the opening quote; the rest isn't shown because it may be a secret.
      Close the string. Inside `"…"`, write a quote as `\"`.
      """#,
      wrong: #"list where application == "jira | count"#,
      right: #"list where application == "jira" | count"#),
    DiagnosticArticle(
      "C0004", "variable without a name",
      """
      A variable is a dollar sign and a name, as in `$tag`. The dollar sign keeps
      variables apart from fields, so a field that the API adds later can't change
      what a script means. Shell forms such as `${tag}` and `$1` don't exist. Write
      the name right after the dollar sign; in an interpolated string, the braces go
      around it: `f"{$tag}"`.
      """,
      wrong: """
        param tag: string = "tag-ANgeffPL-3gxQwA"
        list where tags has ${tag}
        """,
      right: """
        param tag: string = "tag-ANgeffPL-3gxQwA"
        list where tags has $tag
        """),
    DiagnosticArticle(
      "C0005", "lone brace in an interpolated string",
      """
      In `f"…"`, braces enclose an expression. A closing brace without an opening one
      is usually a typo, and as text it would put a stray brace into a name or a file.
      Remove it. If you mean the brace as text, double it: `{{` or `}}`.
      """,
      wrong: #"list | select id, label = f"{application}} {name}""#,
      right: #"list | select id, label = f"{application} {name}""#),
    DiagnosticArticle(
      "C0006", "unknown escape",
      #"""
      In `"…"` a backslash starts an escape; the escapes are `\n`, `\t`, `\r`, `\"`,
      `\\` and `\u{…}`. Any other is rejected, because silently dropping a backslash
      would change what a regular expression or a path means. Double the backslash, or
      use single quotes: `'…'` keeps its text unchanged.
      """#,
      wrong: #"list where name matches "JIRA \d+""#,
      right: #"list where name matches 'JIRA \d+'"#),
    DiagnosticArticle(
      "C0007", "invalid Unicode escape",
      #"""
      `\u{…}` contains the hexadecimal number of one Unicode character, and the braces
      are required. JSON writes `\u2013` without braces and needs two of them for many
      characters; here one escape is always one character. Numbers above 10FFFF and
      from D800 to DFFF aren't characters and would make text that can't be sent. Put
      the number in braces, or type the character itself.
      """#,
      wrong: #"list where name starts with "JIRA \u2013""#,
      right: #"list where name starts with "JIRA \u{2013}""#),
    DiagnosticArticle(
      "C0008", "number too large",
      """
      Numbers and durations have 64 bits: the largest number is 9223372036854775807,
      the longest duration about 292,000 years. Anything larger would have to be
      rounded or truncated, and a rounded id is the id of something else. An
      identifier with that many digits is text, as every `external_id` is: put it in
      quotes.
      """,
      wrong: "list where external_id == 99999999999999999999",
      right: #"list where external_id == "99999999999999999999""#),
    DiagnosticArticle(
      "C0009", "malformed duration",
      """
      A duration consists of whole numbers with the units `s`, `m`, `h`, `d` and `w`,
      as in `90d` or `1d12h`; `m` is a minute. Months and years aren't units, because
      their length depends on the start date, and the cutoff of a clean-up shouldn't
      shift with the calendar. Use days: `30d` for a month, `365d` for a year.
      """,
      wrong: "list where connection_lost_at < ago(3mo)",
      right: "list where connection_lost_at < ago(90d)"),
    DiagnosticArticle(
      "C0010", "malformed date",
      """
      A date is written `@2026-01-31` and means midnight UTC; with a time of day it
      ends with `Z` or an offset such as `+02:00`. A time without a zone would mean
      one instant on a server and another on a laptop, and a filter would select
      different connections. A date or time that doesn't exist, such as `@2026-02-30`,
      is rejected, not moved to the nearest valid one. Add the zone, or correct the
      date.
      """,
      wrong: "list where updated_at > @2026-01-31T10:00:00",
      right: "list where updated_at > @2026-01-31T10:00:00Z"),
    DiagnosticArticle(
      "C0050", "unexpected word or symbol",
      """
      The syntax requires something else at the marked place; the message says what.
      `conn` doesn't guess what you meant, because a wrong guess could select other
      connections; the stages and statements around it are still checked. Add what is
      missing, or remove what doesn't belong. Call a definition with parentheses even
      if it has no parameters: `retire()`.
      """,
      wrong: "list | sort updated_at",
      right: "list | sort by updated_at"),
    DiagnosticArticle(
      "C0051", "unclosed bracket",
      """
      Every `(`, `[` and `{` must be closed within the same stage or statement. Line
      breaks mean nothing inside brackets, so an unclosed one would swallow the lines
      after it. The message marks the first word or symbol that can't be inside the
      bracket, or the opening bracket if the text ends first. Close the bracket before
      that place.
      """,
      wrong: "list where id in [36, 37 | count",
      right: "list where id in [36, 37] | count"),
    DiagnosticArticle(
      "C0052", "expression nested too deeply",
      """
      Brackets, lists, records, blocks and conditions can be nested up to 100 levels
      deep, and a chain of `+`, `-`, `??` or `.` can have 100 parts. The limit keeps
      generated or damaged text from using up memory while it is checked. Remove
      redundant brackets, or bind parts of the expression with `let`. For a long list
      of alternatives, use one `in […]`.
      """,
      wrong: """
        list where (((((((((((((((((((((((((((((((((((((((((((((((((((
          ((((((((((((((((((((((((((((((((((((((((((((((((((
          connected
          ))))))))))))))))))))))))))))))))))))))))))))))))))
        )))))))))))))))))))))))))))))))))))))))))))))))))))
        """,
      right: "list where connected"),
    DiagnosticArticle(
      "C0053", "pipeline without a source",
      """
      A pipeline begins with a source: `list`, `get`, `from`, `create`, a variable or
      `it`. A stage such as `where` works on the rows from its left, and `conn`
      doesn't add a source silently: the first word should show whether a script
      starts from the whole workspace or from three connections. Add the source at the
      front.
      """,
      wrong: "where connected | count",
      right: "list where connected | count"),
    DiagnosticArticle(
      "C0054", "column without a name",
      """
      A selected field keeps its name; a computed column needs one. Later stages,
      tables and files refer to the column by its name, and a name derived from the
      expression would change with every edit. Write `title = lower(name)` or
      `lower(name) as title`.
      """,
      wrong: "list | select id, lower(name)",
      right: "list | select id, title = lower(name)"),
    DiagnosticArticle(
      "C0055", "`==` instead of `=`",
      """
      After `update` and `create`, `=` sets a field; `==` compares two values. Each
      symbol has only one meaning, so you can see at a glance whether a line tests a
      connection or changes it. Write a single equals sign.
      """,
      wrong: #"get 36 | update name == "Prod JIRA connection""#,
      right: #"get 36 | update name = "Prod JIRA connection""#),
    DiagnosticArticle(
      "C0056", "`=` instead of `==`",
      """
      `==` compares two values; `=` binds a name or sets a field. Each symbol has only
      one meaning, so you can see at a glance whether a line tests a connection or
      changes it. Write two equals signs.
      """,
      wrong: #"list where application = "jira""#,
      right: #"list where application == "jira""#),
    DiagnosticArticle(
      "C0057", "unknown word after a stage",
      """
      `disconnect` accepts the word `force`, `delete` accepts none, and `show as`
      needs the name of a format. An unknown word is rejected, never skipped: without
      `force`, the server refuses to disconnect connections that active recipes use.
      Correct the word or remove it. To add a condition, put a `where` before the
      stage.
      """,
      wrong: "get 36 | disconnect forced",
      right: "get 36 | disconnect force"),
    DiagnosticArticle(
      "C0058", "syntax of another language",
      """
      `conn` recognises words and symbols from SQL, jq, shells and C and shows its own
      spelling: `and`, `or` and `not`, `!=`, `== null`, comments with `#`, fields
      without a dot. It doesn't accept them as alternatives, because some mean
      different things in different languages, and a script that changes connections
      should have only one reading. `conn check --fix` inserts the right spelling.
      """,
      wrong: #"list where application == "jira" && connected"#,
      right: #"list where application == "jira" and connected"#),
    DiagnosticArticle(
      "C0059", "chained comparison",
      """
      A comparison has two sides. Some languages read `36 <= id <= 37` as in
      mathematics, others compare the result of the first comparison (true or false)
      with 37; `conn` allows neither. Join two comparisons with `and`, or write
      `between … and …`, which includes both ends.
      """,
      wrong: "list where 36 <= id <= 37",
      right: "list where id between 36 and 37"),
    DiagnosticArticle(
      "C0060", "operator instead of a value",
      """
      Operator words such as `contains`, `has`, `in` or `and` can't be names of fields
      or functions. If they could, a comparison with a missing side would be read as a
      field, and the error would appear somewhere else or not at all. Write the
      operator between its two sides.
      """,
      wrong: #"list where contains(name, "JIRA")"#,
      right: #"list where name contains "JIRA""#),
    DiagnosticArticle(
      "C0061", "method call",
      """
      Values have no methods. A function is called with its value in parentheses, as
      in `lower(name)`, and an operator goes between its two sides, as in
      `name contains "JIRA"`. A dot only reads part of a value, so there is one way to
      write each thing, and a dot never hides a call. Move the value into the
      parentheses.
      """,
      wrong: #"list where name.lower() == "prod jira connection""#,
      right: #"list where lower(name) == "prod jira connection""#),
    DiagnosticArticle(
      "C0062", "list in parentheses",
      """
      Lists use square brackets; parentheses only group. If parentheses made lists
      too, as in SQL, `("jira")` could be a text or a list of one, and a condition
      would change its meaning when its list shrinks to a single entry. Write `[…]`,
      even around one value.
      """,
      wrong: #"list where application in ("jira", "salesforce")"#,
      right: #"list where application in ["jira", "salesforce"]"#),
  ]
}
