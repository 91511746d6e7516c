import Foundation
import TestSupport
import Testing

/// HTML pages of plans and runs, for change tickets.
@Suite struct ReportTests {
  private func run(_ line: String, in desk: URL) async throws -> Program.Result {
    try await Program.run(
      line, in: desk, environment: ["XDG_STATE_HOME": desk.appending(path: "state").path])
  }

  private func page(_ name: String, _ desk: URL) throws -> String {
    try String(contentsOf: desk.appending(path: name), encoding: .utf8)
  }

  private static let plan =
    "conn plan --simulator --eval 'list where tags has \"tag-legacy\" | disconnect' -o p.plan"

  @Test func planHasAReport() async throws {
    let desk = try Program.makeScratch()
    let result = try await run("\(Self.plan) --report plan.html", in: desk)
    #expect(result.exitCode == 0, "\(result.errors)")
    let page = try page("plan.html", desk)
    for part in [
      "<html lang=\"en\">", "Disconnect the 5 connections (of 58)", "Writes by application",
      "Writes by folder", "Writes by effect", "Undoing it", "ACME NetSuite (old ERP)",
    ] { #expect(page.contains(part), "\(part)") }
    #expect(!page.contains("<script"))
    let shown = try await run("conn show p.plan --report again.html", in: desk)
    #expect(shown.exitCode == 0, "\(shown.errors)")
    let again = try self.page("again.html", desk)
    #expect(again.contains("ACME NetSuite (old ERP)"))
    #expect(!again.contains("not known"), "folders are in the plan file")
  }

  @Test func runHasAReport() async throws {
    let fixture = try await WriteFixture()
    let result = try await fixture.shell(
      "\(WriteFixture.run) > /dev/null; conn show last --report run.html > /dev/null; cat run.html")
    for part in [
      "<html lang=\"en\">", "done", "Outcome", "2 of 2 updated", "Why it matched",
      "Each matched `name ends with &quot; (old)&quot;`", "<p>id is 36, name is &quot;",
      "<p>disconnected</p>",
    ] { #expect(result.output.contains(part), "\(part) in \(result.output)") }
    try await fixture.close()
  }

  /// The run of a plan file gives the reasons of the plan.
  @Test func runOfAPlanGivesItsReasons() async throws {
    let fixture = try await WriteFixture()
    let result = try await fixture.shell(
      """
      conn plan --eval 'list where id == 36 | update name = "x"' -o p.plan > /dev/null
      conn apply p.plan --yes > /dev/null
      conn show last --report run.html > /dev/null; cat run.html
      """)
    #expect(result.output.contains("Each matched `id == 36`."))
    #expect(result.output.contains("<p>id is 36</p>"), "\(result)")
    try await fixture.close()
  }

  @Test func anEarlierReportIsReplaced() async throws {
    let desk = try Program.makeScratch()
    let result = try await run(
      "\(Self.plan) --report r.html > /dev/null && cp r.html first.html && "
        + "\(Self.plan) --report r.html > /dev/null", in: desk)
    #expect(result.exitCode == 0, "\(result.errors)")
    #expect(try page("r.html", desk).hasSuffix("</html>\n"))
  }

  /// A file that isn't a report is kept, and nothing is half written.
  @Test(arguments: [
    ("echo mine > r.html", "r.html", "`r.html` exists and is not a report of conn"),
    ("echo '<!DOCTYPE html> mine' > r.html", "r.html", "`r.html` exists and is not a report"),
    ("mkdir d.html", "d.html", "`d.html` is not a regular file"),
    (":", "/proc/r.html", "cannot"),
    (":", "nowhere/r.html", "nowhere/r.html"),
  ])
  func unwritableReportsAreErrors(_ before: String, _ file: String, _ error: String) async throws {
    let desk = try Program.makeScratch()
    let result = try await run(
      "\(before); \(Self.plan) --report \(file); code=$?; cat r.html 2> /dev/null; exit $code",
      in: desk)
    #expect(result.exitCode == 2, "\(result.errors)")
    #expect(result.errors.contains(error), "\(result.errors)")
    #expect(result.output.contains("mine") == before.contains("mine"))
  }

  /// Names of a workspace are text, whatever they look like.
  @Test func hostileNamesAreInert() async throws {
    let desk = try Program.makeScratch()
    let names = [
      "<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "&lt;b&gt;", "a\u{202E}b",
      String(repeating: "long ", count: 2_000), "' style='display:none",
    ]
    let rows = names.enumerated().map { ["id": $0 + 1, "name": $1, "application": "jira"] }
    try JSONSerialization.data(withJSONObject: rows)
      .write(to: desk.appending(path: "w.json"))
    let result = try await run(
      """
      conn plan --simulator --simulator-data w.json --eval 'list all | update folder_id = 7' \
        --max-writes 10 -o p.plan --report plan.html
      """, in: desk)
    #expect(result.exitCode == 0, "\(result.errors)")
    let page = try page("plan.html", desk)
    #expect(!page.contains("<script") && !page.contains("<img") && !page.contains("\u{202E}"))
    #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"))
    #expect(page.contains("… (10000 characters)"))
    let tags = page.matches(of: /<\/?([a-z0-9]+)/).map { String($0.1) }
    let known: Set = [
      "html", "head", "meta", "title", "style", "body", "main", "section", "h1", "h2", "h3", "p",
      "ul", "li", "dl", "dt", "dd", "code", "table", "caption", "thead", "tbody", "tr", "th", "td",
    ]
    #expect(Set(tags).isSubset(of: known), "\(Set(tags).subtracting(known))")
  }
}
