import API
import Evaluation
import Inspection
import JSON
import Language

/// Measures what happens at a key press. `scripts/bench keys` builds and runs it; `scripts/bench writes`
/// uses its server.
@main
struct Bench {
  static func main() async throws {
    switch CommandLine.arguments.dropFirst().first {
    case "names": for number in 0..<Listing.count { print(Listing.name(number)) }
    case "serve": try await Server.serve(CommandLine.arguments.last ?? "")
    default: measureKeys()
    }
  }

  private static func measureKeys() {
    var index = ValueIndex(Listing.connections())
    for field in ["application", "tags", "folder_id", "name", "id"] {
      report(
        "first values of \(field)",
        [milliseconds { _ = index.values(of: field, prefix: "", limit: 100) }])
    }
    for line in [
      "list where name == \"ACME jira 1", "list where name == \"", "list where name == \"acme",
      "get 3",
      "list where tags has \"tag-1", "list where application == \"",
      "list | select id, name | where ", "list all | ",
    ] {
      report(line, (0..<51).map { _ in milliseconds { shown(line, &index) } })
    }
    let line = Array(
      "list where tags has \"tag-1\" and updated_at < ago(90d) | disconnect force".utf8)
    report("highlight 1 line", (0..<201).map { _ in milliseconds { highlight(line) } })
    let paste = Array(Listing.paste.utf8)
    report("highlight 200 lines", (0..<51).map { _ in milliseconds { highlight(paste) } })
  }

  /// A whole completion: the text is checked, the values are found, and the list is laid out.
  private static func shown(_ line: String, _ index: inout ValueIndex) {
    let input = Analysis.Input(name: "repl", bytes: Array(line.utf8))
    let completion = Completion(
      input, at: input.bytes.count, vocabulary: .standard, scope: Scope { _ in .problem("none") })
    let found = completion.lookup.map { index.candidates(for: $0) } ?? []
    let rows = (completion.candidates + found).map { "\($0.text)\t\($0.detail)\n" }
    keep(rows.joined().utf8.count)
  }

  private static func highlight(_ bytes: [UInt8]) {
    keep(Highlighting(bytes, vocabulary: .standard).runs.count)
  }

  /// Uses a number, so that computing it is not left out.
  private static func keep(_ number: Int) {
    precondition(number > 0)
  }

  private static func milliseconds(_ work: () -> Void) -> Double {
    let clock = ContinuousClock()
    return clock.measure(work) / .milliseconds(1)
  }

  private static func report(_ what: String, _ times: [Double]) {
    let median = times.sorted()[times.count / 2]
    print("\((median * 1_000).rounded() / 1_000)\tms\t\(what)")
  }
}

/// A listing of many connections.
private enum Listing {
  static let count = 100_000

  static func name(_ number: Int) -> String {
    "ACME \(applications[number % 4]) \(number * 7_919 % count)"
  }

  private static let applications = ["salesforce", "jira", "google_sheets", "slack"]

  static func connections() -> [Connection] {
    (0..<count).compactMap { number in
      Connection(
        .object(
          JSON.Object([
            ("id", .int(Int64(number))), ("name", .string(name(number))),
            ("application", .string(applications[number % 4])),
            ("folder_id", .int(Int64(number % 2_000))),
            ("tags", .array([.string("tag-\(number % 500)"), .string("tag-\(number % 7)")])),
          ])))
    }
  }

  static let paste = (0..<50).map { number in
    """
    let cutoff\(number) = ago(\(number)d)
    list where tags has "tag-\(number)" and (connection_lost_at < $cutoff\(number) or folder_id in [4515, \(number)])
    | expect count <= \(number), "more than expected" # a bound
    | update name = f"{application} {id}", folder_id = \(number)

    """
  }.joined()
}
