import API
import ConnectionsClient
import Evaluation
import JSON
import Language
import Simulator
import Text

/// Compares how a run ended with what a test expects.
struct TestVerdict {
  let test: TestCase
  let ending: TestRun.Ending
  /// The secrets that no report shows.
  let secrets: KnownSecrets

  /// The differences, as lines of a report; empty iff the test has passed.
  func problems() throws(RunError) -> [String] {
    let isExpected = !ending.isUnexpected(by: test)
    var problems = isExpected ? [] : [endingText] + ending.problems
    problems += try selection + rows
    problems += calls + outcomes + error
    return problems
  }

  private var endingText: String {
    let wanted = test.exit.map { "exit \($0) expected, " } ?? ""
    guard let error = ending.error else {
      return "\(wanted)the run ended with exit \(ending.code.rawValue)"
    }
    return "\(wanted)the run ended with exit \(ending.code.rawValue): \(ending.text(of: error))"
  }

  private var selection: [String] {
    get throws(RunError) {
      guard let expected = test.selection else { return [] }
      let actual = try ending.selection()
      let names = Dictionary(
        test.content.connections.map { ($0.id, $0.name ?? "") }, uniquingKeysWith: { $1 })
      let shown: (Int64) -> String = { id in
        "\(id)" + (names[id].map { "  \($0)" } ?? "")
      }
      return difference("selection", expected.map(shown), actual.map(shown))
    }
  }

  /// A row is compared by the members that the expected row in its place has.
  private var rows: [String] {
    get throws(RunError) {
      guard let expected = test.rows else { return [] }
      let actual = try ending.rows?.objects().compactMap(\.object) ?? []
      let shown = actual.enumerated().map { index, row in
        let names = expected[safely: index] ?? expected.last
        return names.map { row.keeping($0.members.map(\.name)) } ?? row
      }
      let texts: ([JSON.Object]) -> [String] = { $0.map { JSON.object($0).text } }
      return difference("rows", texts(expected), texts(shown))
    }
  }

  /// Secrets are masked before long lines are broken, so that no break hides one.
  private func difference(_ title: String, _ expected: [String], _ actual: [String]) -> [String] {
    guard expected != actual else { return [] }
    let masked = ListDifference(
      title, expected.map(secrets.masking), actual.map(secrets.masking))
    return masked.lines.isEmpty ? ["\(title): only hidden values differ"] : masked.lines
  }

  private var calls: [String] {
    guard let expected = test.calls.map({ $0.map(ExpectedCall.init) }) else { return [] }
    let withoutBody = Set(expected.filter { $0.body == nil }.map(\.head))
    let actual = ending.writes.map { request in
      let head = "\(request.method.rawValue) \(request.target)"
      let body = withoutBody.contains(head) ? nil : request.body?.shown.sortingMembers.text
      return ExpectedCall(head: head, body: body)
    }
    return difference("calls", expected.map(\.text), actual.map(\.text))
  }

  private var outcomes: [String] {
    guard let expected = test.outcomes else { return [] }
    var counts: [String: Int64] = [:]
    for outcome in ending.outcomes { counts[outcome.kind, default: 0] += 1 }
    let wanted = expected.members.filter { $0.value != .int(0) }
      .map { "\($0.name): \($0.value.text)" }.sorted()
    return difference("outcomes", wanted, counts.map { "\($0.key): \($0.value)" }.sorted())
  }

  private var error: [String] {
    guard let expected = test.error, ending.error?.message.contains(expected) != true else {
      return []
    }
    return difference("error", [expected], ending.error.map { [$0.message] } ?? [])
  }
}

/// A call as a test writes it: method and target, and perhaps a body.
private struct ExpectedCall {
  let head: String
  /// The body as JSON with sorted members; as written if it isn't JSON.
  let body: String?

  init(head: String, body: String?) { (self.head, self.body) = (head, body) }

  init(_ text: String) {
    let parts = text.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: true)
    head = parts.prefix(2).joined(separator: " ")
    body = parts.count < 3 ? nil : Self.sorted(String(parts[2]))
  }

  var text: String { body.map { "\(head) \($0)" } ?? head }

  private static func sorted(_ text: String) -> String {
    (try? JSONParser.parse(Array(text.utf8)))?.sortingMembers.text ?? text
  }
}

extension TestRun.Ending {
  /// The ids that the run wrote to, or that its rows have.
  fileprivate func selection() throws(RunError) -> [Int64] {
    guard writesConnections else { return try rows?.ids() ?? [] }
    var seen: Set<Int64> = []
    return outcomes.filter { $0.action != "create" }.compactMap(\.id)
      .filter { seen.insert($0).inserted }
  }

  fileprivate func isUnexpected(by test: TestCase) -> Bool {
    if let exit = test.exit { return Int64(code.rawValue) != exit }
    if test.error != nil { return code == .success }
    return code != .success && !(code == .someFailed && error == nil && test.outcomes != nil)
  }

  fileprivate func text(of error: RunError) -> String {
    let place = error.span.flatMap { span in
      sources.file(of: span).map { _ in " (\(sources.location(of: span)))" }
    }
    return error.message + (place ?? "")
  }
}

extension JSON.Object {
  /// The members with these names, in their order; those that are missing are left out.
  fileprivate func keeping(_ names: [String]) -> JSON.Object {
    JSON.Object(names.compactMap { name in self[name].map { (name, $0) } })
  }
}

extension Array {
  fileprivate subscript(safely index: Int) -> Element? {
    indices.contains(index) ? self[index] : nil
  }
}
