import Evaluation
import JSON
import Language
import Simulator

/// A test whose settings have been evaluated.
struct TestCase {
  let name: String
  let now: Timestamp
  let content: WorkspaceContent
  /// The values of the script's parameters, each as `name=value`.
  let arguments: [String]
  let environment: [String: String]
  let selection: [Int64]?
  let rows: [JSON.Object]?
  let calls: [String]?
  let outcomes: JSON.Object?
  let exit: Int64?
  let error: String?

  /// Evaluates the settings. Relative file names refer to `directory`. Throws if a value can't be
  /// computed, or if the file of a workspace can't be read.
  init(_ test: CheckedTest, of file: CheckedTestFile, in directory: String) throws(RunError) {
    name = test.name
    let start = Timestamp(iso8601: TestSetting.defaultNow) ?? Timestamp(microseconds: 0)
    let early = try Settings(test, file, now: start)
    var now = start
    if case .timestamp(let given)? = early[.now] { now = given }
    let settings = try Settings(test, file, now: now)
    self.now = now
    content = try Self.content(settings[.given], in: directory, at: test.span)
    arguments = settings.members(.parameters).map { "\($0.name)=\($0.value.text)" }
    environment = Dictionary(
      settings.members(.environment).map { ($0.name, $0.value.text) }, uniquingKeysWith: { $1 })
    selection = settings[.selection]?.elements?.compactMap(\.int)
    rows = settings[.rows]?.elements?.compactMap(\.json.object)
    calls = settings[.calls]?.elements?.compactMap(\.string)
    outcomes = settings[.outcomes]?.json.object
    exit = settings[.exit]?.int
    error = settings[.error]?.string
  }

  /// The values of a test's settings.
  private struct Settings {
    private var values: [TestSetting.Key: Value] = [:]

    init(_ test: CheckedTest, _ file: CheckedTestFile, now: Timestamp) throws(RunError) {
      var environment = Environment(now: now, process: [:])
      for constant in file.constants {
        let value = try Evaluator(environment).constant(constant.value)
        environment.variables[constant.name] = .value(value)
      }
      for (key, setting) in test.settings {
        values[key] = try Evaluator(environment).constant(setting)
      }
    }

    subscript(key: TestSetting.Key) -> Value? { values[key] }

    func members(_ key: TestSetting.Key) -> [Value.Member] {
      if case .record(let members)? = values[key] { members } else { [] }
    }
  }

  private static func content(_ given: Value?, in directory: String, at span: SourceSpan)
    throws(RunError) -> WorkspaceContent
  {
    guard let given else { return SampleWorkspace.content }
    do {
      if let path = given.string { return try WorkspaceFile.load(path, in: directory) }
      return try WorkspaceFile.parse(Array(given.json.text.utf8), path: "given")
    } catch {
      throw RunError(.usage, "\(error)", at: span)
    }
  }
}
