/// Characters, literals and the grammar.
extension DiagnosticArticle {
  static let syntax: [DiagnosticArticle] = [
    DiagnosticArticle(
      "C0001", "hidden character or foreign encoding",
      #"""
      A script is UTF-8 text without control, zero-width and direction-changing
      characters. Those cannot be seen, or make a line look different from what is
      run: a word pasted from a chat can look like `jira` and yet equal no
      application. Remove the character; where a string needs it, write the escape
      that the message shows, such as `\u{200B}`. A file in UTF-16 or another encoding
      has to be saved as UTF-8.
      """#,
      wrong: #"list where application == "jira\#u{200B}""#,
      right: #"list where application == "jira""#),
    DiagnosticArticle(
      "C0002", "typographic character",
      """
      Strings stand in straight quotes, and blanks and minus signs are the plain ones
      of the keyboard. Word processors, wikis and chats replace them by curly quotes,
      non-breaking spaces and dashes. These are refused instead of being read as what
      they resemble, because such a program may have changed the text in other places
      too: look it over. `conn check --fix` puts the plain characters in; a character
      that the language does not use at all, such as `~`, has to go.
      """,
      wrong: "list where application == “jira”",
      right: #"list where application == "jira""#),
    DiagnosticArticle(
      "C0003", "unterminated string",
      #"""
      A string ends at the quote that it began with, and may hold line breaks. Where
      that quote is missing, all that follows would be text and none of it a
      statement, so there is one error, at the opening quote; the rest is not shown,
      since it may be a secret. Close the string. A quote inside `"…"` is written
      `\"`.
      """#,
      wrong: #"list where application == "jira | count"#,
      right: #"list where application == "jira" | count"#),
    DiagnosticArticle(
      "C0004", "variable without a name",
      """
      A variable is a dollar and a name, as in `$tag`. The dollar keeps variables
      apart from the fields of the rows, so that a field which the API gains later
      cannot change what a script means. Braces as in a shell's `${tag}` and numbers
      as in `$1` do not exist. Write the name right behind the dollar; in an
      interpolated string the braces stand around it: `f"{$tag}"`.
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
      In `f"…"` braces stand around an expression. A closing brace that closes nothing
      is most often a slip, and as text it would put a stray brace into a name or a
      file. Remove it. A brace that is meant as text is written twice: `{{` or `}}`.
      """,
      wrong: #"list | select id, label = f"{application}} {name}""#,
      right: #"list | select id, label = f"{application} {name}""#),
    DiagnosticArticle(
      "C0006", "unknown escape",
      #"""
      In `"…"` a backslash begins an escape, and the escapes are `\n`, `\t`, `\r`,
      `\"`, `\\` and `\u{…}`. Any other is refused, because a backslash that is
      dropped without a word changes what a regular expression or a path means. Double
      the backslash, or use single quotes: `'…'` takes its text as it is.
      """#,
      wrong: #"list where name matches "JIRA \d+""#,
      right: #"list where name matches 'JIRA \d+'"#),
    DiagnosticArticle(
      "C0007", "escape that is no character",
      #"""
      `\u{…}` holds the number of one Unicode character in hexadecimal, and the braces
      belong to it. JSON writes `\u2013` without braces, and needs two such numbers
      for many characters; here one escape is always one character. Numbers over
      10FFFF and those from D800 to DFFF are no character, and would leave text that
      cannot be sent. Put the number in braces, or type the character itself.
      """#,
      wrong: #"list where name starts with "JIRA \u2013""#,
      right: #"list where name starts with "JIRA \u{2013}""#),
    DiagnosticArticle(
      "C0008", "number too large",
      """
      Numbers and durations have 64 bits: a number ends at 9223372036854775807, a
      duration at about 292,000 years. One beyond that could be kept only rounded or
      cut, and a rounded id is the id of something else. An identifier with that many
      digits is text, as every `external_id` is: put it in quotes.
      """,
      wrong: "list where external_id == 99999999999999999999",
      right: #"list where external_id == "99999999999999999999""#),
    DiagnosticArticle(
      "C0009", "malformed duration",
      """
      A duration is made of whole numbers with the units `s`, `m`, `h`, `d` and `w`,
      as in `90d` or `1d12h`; `m` is a minute. Months and years are no units, because
      their length depends on the day from which they are counted, and the cutoff of a
      clean-up should not move with the calendar. Write days: `30d` for a month,
      `365d` for a year.
      """,
      wrong: "list where connection_lost_at < ago(3mo)",
      right: "list where connection_lost_at < ago(90d)"),
    DiagnosticArticle(
      "C0010", "malformed date",
      """
      A date is written `@2026-01-31` and means its midnight in UTC; with a time of
      day it ends with `Z` or an offset such as `+02:00`. A time without a zone would
      be another instant on a server than on a laptop, and a filter would select other
      connections there. A day or time that does not exist, such as `@2026-02-30`, is
      refused, not moved to the nearest one. Write the zone, or correct the date.
      """,
      wrong: "list where updated_at > @2026-01-31T10:00:00",
      right: "list where updated_at > @2026-01-31T10:00:00Z"),
    DiagnosticArticle(
      "C0050", "unexpected word or symbol",
      """
      At the marked place the syntax asks for something else, which the message names.
      What was meant is not guessed, since a guess could select other connections; the
      stages and statements around it are checked all the same. Put in what is
      missing, or remove what is too much. A definition is called with brackets, even
      where it takes no arguments: `retire()`.
      """,
      wrong: "list | sort updated_at",
      right: "list | sort by updated_at"),
    DiagnosticArticle(
      "C0051", "unclosed bracket",
      """
      Each `(`, `[` and `{` is closed by its counterpart within the stage or
      statement. Inside brackets a new line means nothing, so one that stays open
      would take in the lines that follow it. The message marks the first word or sign
      that cannot stand inside the bracket, or the opening bracket where the text ends
      before it is closed. Close it before that place.
      """,
      wrong: "list where id in [36, 37 | count",
      right: "list where id in [36, 37] | count"),
    DiagnosticArticle(
      "C0052", "expression nested too deeply",
      """
      Brackets, lists, records, blocks and conditions may stand inside one another up
      to 100 levels deep, and a chain of `+`, `-`, `??` or `.` may have 100 parts. The
      limit keeps a generated or damaged text from using up the memory of the check.
      Remove brackets that say nothing, or bind parts of the expression with `let`. A
      long list of alternatives is one `in […]`.
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
      "C0053", "stage without rows",
      """
      A pipeline begins with a source: `list`, `get`, `from`, `create`, a variable or
      `it`. A stage such as `where` works on the rows from its left, and none are put
      there silently: whether a script starts from the whole workspace or from three
      connections should stand in its first word. Write the source in front.
      """,
      wrong: "where connected | count",
      right: "list where connected | count"),
    DiagnosticArticle(
      "C0054", "column without a name",
      """
      A field that is selected keeps its name, and a column that is computed needs
      one. Later stages, tables and files call the column by it, and a name made up
      from the expression would change with every edit. Write `title = lower(name)`,
      or `lower(name) as title`.
      """,
      wrong: "list | select id, lower(name)",
      right: "list | select id, title = lower(name)"),
    DiagnosticArticle(
      "C0055", "comparison in place of an assignment",
      """
      Behind `update` and `create` a field is set with `=`; `==` compares two values.
      Each sign has one meaning, so that it can be seen at a glance whether a line
      asks about a connection or changes it. Write a single equals sign.
      """,
      wrong: #"get 36 | update name == "Prod JIRA connection""#,
      right: #"get 36 | update name = "Prod JIRA connection""#),
    DiagnosticArticle(
      "C0056", "assignment in place of a comparison",
      """
      Two values are compared with `==`; `=` binds a name or sets a field. Each sign
      has one meaning, so that it can be seen at a glance whether a line asks about a
      connection or changes it. Write two equals signs.
      """,
      wrong: #"list where application = "jira""#,
      right: #"list where application == "jira""#),
    DiagnosticArticle(
      "C0057", "unknown word behind a stage",
      """
      `disconnect` takes the word `force`, `delete` takes none, and `show as` takes
      the name of a format. A word that is not known there is refused and never
      skipped: a `disconnect` without its `force` is rejected for the connections that
      active recipes use. Correct the word or remove it. A condition stands in a
      `where` before the stage.
      """,
      wrong: "get 36 | disconnect forced",
      right: "get 36 | disconnect force"),
    DiagnosticArticle(
      "C0058", "spelling of another language",
      """
      The words and signs of SQL, jq, shells and C are recognised, and answered with
      their spelling in `conn`: `and`, `or` and `not`, `!=`, `== null`, a comment with
      `#`, a field without a dot. They are not accepted beside it, because some of
      them mean different things in different languages, and a script that changes
      connections should have only one reading. `conn check --fix` puts the right
      spelling in.
      """,
      wrong: #"list where application == "jira" && connected"#,
      right: #"list where application == "jira" and connected"#),
    DiagnosticArticle(
      "C0059", "chained comparison",
      """
      A comparison has two sides. Some languages read `36 <= id <= 37` as in
      mathematics, others compare the result of the first comparison, true or false,
      with 37; neither reading is taken here. Join two comparisons with `and`, or
      write `between … and …`, which includes both ends.
      """,
      wrong: "list where 36 <= id <= 37",
      right: "list where id between 36 and 37"),
    DiagnosticArticle(
      "C0060", "operator in place of a value",
      """
      The words of the operators, such as `contains`, `has`, `in` or `and`, name no
      field and no function. If they could, a forgotten side of a comparison would be
      read as a field, and the error would show up somewhere else or not at all. Write
      the operator between its two sides.
      """,
      wrong: #"list where contains(name, "JIRA")"#,
      right: #"list where name contains "JIRA""#),
    DiagnosticArticle(
      "C0061", "method call",
      """
      Values have no methods. A function takes the value in brackets, as in
      `lower(name)`, and an operator stands between its sides, as in
      `name contains "JIRA"`. A dot only ever reads a part of a value, so that each
      thing has one spelling and a dot never hides a call. Move the value into the
      brackets.
      """,
      wrong: #"list where name.lower() == "prod jira connection""#,
      right: #"list where lower(name) == "prod jira connection""#),
    DiagnosticArticle(
      "C0062", "list in round brackets",
      """
      A list stands in square brackets; round ones only group. If round brackets made
      lists too, as they do in SQL, `("jira")` could be a text or a list of one, and a
      condition would change its meaning when its list shrinks to a single entry.
      Write `[…]`, also around one value.
      """,
      wrong: #"list where application in ("jira", "salesforce")"#,
      right: #"list where application in ["jira", "salesforce"]"#),
  ]
}
