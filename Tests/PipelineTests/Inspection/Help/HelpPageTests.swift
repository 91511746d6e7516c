import API
import Evaluation
import Inspection
import JSON
import Language
import Simulator
import TestSupport
import Testing

@Suite struct HelpPageTests {
  private static let entries = HelpTable.all.flatMap(\.entries)

  private func page(_ topic: String?, width: Int? = 80) -> String {
    HelpPage().text(topic, width: width)
  }

  // MARK: What is shown

  @Test func describesStages() {
    expectText(
      page("group by"),
      """
      group by field, … [with count(), min(expression) as name, max(expression) as
      name]
        turns each group with equal values into one row: its count, or given
        aggregates
        in      :help stages
        effect  read

        list | group by application with count(), max(updated_at) as last_change

      """)
    expectText(
      page("where", width: 40),
      """
      where predicate
        keeps the rows that satisfy a
        predicate
        in      :help stages
        effect  read
        see     :help operators

        list | where application == "jira"

      """)
    expectText(
      page(" UPDATE "),
      """
      update field = expression, … (name, external_id, folder_id, parent_id,
      shell_connection, input)
        changes exactly the named fields of each connection
        in      :help stages
        effect  write

        list where folder_id == 4515 | update folder_id = 28940

      """)
  }

  @Test func describesANameOfSeveralTables() {
    expectText(
      page("count"),
      """
      count
        turns the rows into one row with their number
        in      :help stages
        effect  read

        list where connected | count

      count(rows or list) → int
        the number of rows, or of elements in a list; 0 for null
        in  :help functions

        count([1, 2, 3])
          is 3

      """)
  }

  @Test func describesFieldsAndFunctions() {
    expectText(
      page("folder_id"),
      """
      folder_id
        folder or project that contains it
        in             :help fields
        type           int?
        server filter  == as folder_id
        set by         create, update

      """)
    expectText(
      page("lower()"),
      """
      lower(string) → string
        the text in lower case
        in  :help functions

        lower("Prod JIRA")
          is prod jira

      """)
    expectText(
      page("functions", width: 60),
      """
      Functions
        The examples are run with `--now 2026-01-31T10:00:00Z`.

        now() → timestamp             the time at which the run
                                      started
        today() → timestamp           the last midnight in UTC
        ago(duration) → timestamp     the time that long before
                                      `now()`
        date(timestamp) → timestamp   midnight in UTC on the day
                                      of a timestamp
        lower(string) → string        the text in lower case
        upper(string) → string        the text in upper case
        trim(string) → string         the text without leading and
                                      trailing whitespace
        length(string or list) → int  the number of Unicode
                                      scalars in a text, or of
                                      elements in a list; 0 for
                                      null
        replace(string, string, string) → string
                                      the text with every
                                      occurrence of the second
                                      text replaced by the third
        int(string) → int             the whole number in a text,
                                      such as `-12`; any other
                                      text is an error
        split(string, string) → list<string>
                                      the parts of a text between
                                      separators; an empty
                                      separator is an error
        substring(string, int, int) → string
                                      the part of a text from a
                                      position, counted from 0,
                                      with at most that length;
                                      both in Unicode scalars
        remove_prefix(string, string) → string
                                      the text without the second
                                      text at its start, if it
                                      starts with it
        remove_suffix(string, string) → string
                                      the text without the second
                                      text at its end, if it ends
                                      with it
        count(rows or list) → int     the number of rows, or of
                                      elements in a list; 0 for
                                      null
        empty(value) → bool           true for null, an empty text
                                      or an empty list
        min(ordered, ordered) → the same type
                                      the smaller of two values;
                                      null if either is null
        max(ordered, ordered) → the same type
                                      the larger of two values;
                                      null if either is null
        env(string) → string          the value of an environment
                                      variable, as plain text
        secret(string) → secret       a secret, named by where it
                                      is kept: "env:NAME",
                                      "file:PATH", "cmd:ARGV",
                                      "prompt"

      """)
  }

  @Test func showsArticlesOfDiagnostics() {
    #expect(page("c0103") == DiagnosticArticle.named("C0103")?.text)
  }

  @Test func includesTablesOfTheCaller() {
    let keys = HelpTable("keys", "Keys", "", [HelpEntry(["ctrl-d"], "Ctrl-D", "leaves")])
    let help = HelpPage(more: [keys])
    #expect(help.text("keys") == "Keys\n  Ctrl-D  leaves\n")
    #expect(help.text("Ctrl-D").hasPrefix("Ctrl-D\n  leaves\n"))
    #expect(help.text().contains("  keys         ctrl-d\n"))
    #expect(help.topics.contains("ctrl-d"))
  }

  @Test(arguments: [
    ("gruop", "no help on `gruop`; did you mean `group`?"),
    ("folder", "no help on `folder`"), ("C9999", "no help on `c9999`"),
    ("a\u{1B}[31m\u{202E}", "no help on `a\\u{1B}[31m\\u{202E}`"),
  ])
  func suggestsTopicsForUnknownNames(_ topic: String, _ expected: String) {
    #expect(page(topic).split(separator: "\n").first.map(String.init)?.hasPrefix(expected) == true)
    #expect(page(topic).hasSuffix("\n`:help` lists the topics\n"))
  }

  @Test func doesNotRepeatVeryLongNames() {
    #expect(page(String(repeating: "x", count: 1 << 20)).utf8.count < 400)
  }

  @Test(arguments: [20, 40, 80])
  func everyPageFitsTheWidth(_ width: Int) {
    for topic in HelpPage().topics + [""] where DiagnosticArticle.named(topic) == nil {
      // Examples can be pasted as they are.
      let examples = Self.entries.flatMap { $0.examples.flatMap { $0.text.split(separator: "\n") } }
      let values = Self.entries.flatMap { $0.examples.compactMap(\.value) }
      for line in page(topic, width: width).split(separator: "\n") where line.count > width {
        let text = line.drop { $0 == " " }
        #expect(
          examples.contains { text == $0.drop { $0 == " " } }
            || values.contains { text == "is \($0)" },
          "\(topic): \(line)")
      }
    }
  }

  /// The language is on two screens of 80 columns and 24 lines.
  @Test func theLanguageFitsOnTwoScreens() {
    let lines = page("language").split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines.count <= 2 * 24)
    #expect(lines.allSatisfy { $0.count <= 80 })
    for stage in Vocabulary.standard.stages {
      #expect(page("language").contains(stage.name), "\(stage.name)")
    }
  }

  // MARK: The tables

  @Test func everyStageFunctionFieldAndOperatorHasAPage() {
    let topics = Set(HelpPage().topics)
    let operators = Precedence.allCases.flatMap(\.operators)
    for name in Vocabulary.standard.stages.map(\.name) + Vocabulary.standard.functions.map(\.name)
      + Field.table.map(\.name) + operators + Keyword.reserved.map(\.rawValue)
    where name != "then" {
      #expect(topics.contains(name), "\(name)")
    }
    let entries = HelpTable.operators.entries.count
    #expect(entries == operators.count + 1)
  }

  @Test(arguments: HelpTable.all.map(\.topic))
  func entriesOfATableHaveTheSameFacts(_ topic: String) throws {
    let table = try #require(HelpTable.all.first { $0.topic == topic })
    #expect(!table.entries.isEmpty)
    #expect(Set(table.entries.map { $0.facts.map(\.label) }).count == 1)
    #expect(table.entries.allSatisfy { !$0.summary.isEmpty && !$0.names.isEmpty })
  }

  // MARK: The examples

  private static let scripts = [
    HelpTable.statements, .sources, .stages, .operators,
  ].flatMap(\.entries).flatMap(\.examples).map(\.text)

  private static var sample: [Connection] {
    SampleWorkspace.connections.compactMap { Connection(JSONValue.object($0.fields).json) }
  }

  /// Runs the example on the sample workspace, without any warning.
  @Test(arguments: scripts)
  func runsTheExampleWithoutWarnings(_ script: String) async throws {
    let fixture = PipelineFixture(Self.sample)
    let saved = JSON.array(Self.sample.map { .object($0.object) })
    fixture.disk.put("connections.json", saved.text)
    fixture.texts.change { $0["lib.conn"] = "def tagged(tag: string) = where tags has $tag" }
    let result = try await fixture.run(script, .preview)
    #expect(result.error == nil)
    #expect(!fixture.output.text.isEmpty || script.contains("save"))
  }

  @Test(arguments: HelpTable.literals.entries.flatMap(\.examples).map(\.text))
  func literalGivesItsValue(_ text: String) async throws {
    let example = HelpTable.literals.entries.flatMap(\.examples).first { $0.text == text }
    let fixture = PipelineFixture()
    _ = try await fixture.run("print \(text)")
    #expect(fixture.output.text == (example?.value).map { $0 + "\n" })
  }
}
