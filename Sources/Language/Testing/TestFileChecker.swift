import Text

/// Checks the tests of a test file, setting by setting.
///
/// Every independent error is reported.
struct TestFileChecker {
  private(set) var file = CheckedTestFile()
  private var checker: Checker
  private var found: [Diagnostic] = []
  /// `false` iff there is a syntax error, which may hide a test or a setting.
  private let isWhole: Bool
  /// The spans of the tests' names.
  private var named: [String: SourceSpan] = [:]

  var diagnostics: [Diagnostic] { found + checker.diagnostics }

  init(_ parsed: Parser.Output, _ source: SourceFile, vocabulary: Vocabulary) {
    let scope = Scope(files: { _ in .unknown })
    checker = Checker(Checker.Surroundings(vocabulary: vocabulary, scope: scope))
    isWhole = !parsed.diagnostics.contains(where: \.isError)
    parsed.script.statements.forEach { check($0) }
    if file.tests.isEmpty, isWhole, found.isEmpty {
      found.append(.noTests(SourceSpan(source.base, source.base)))
    }
  }

  private mutating func check(_ statement: Statement) {
    switch statement.kind {
    case .test(let test): check(test)
    case .letExpression:
      if case .letExpression(let name, let value) = checker.statement(statement) {
        file.constants.append((name, value))
      }
    case .pipeline(let pipeline):
      if case .invalid = pipeline.source.kind { return }
      found.append(.notATest(statement.span))
    default: found.append(.notATest(statement.span))
    }
  }

  // MARK: Tests

  private mutating func check(_ test: SettingsBlock) {
    let name = test.name
    if name.text.allSatisfy(\.isWhitespace) { found.append(.namelessTest(name.span)) }
    if let before = named.updateValue(name.span, forKey: name.text) {
      found.append(.testTwice(name, before))
    }
    var checked = CheckedTest(name: name.text, span: name.span)
    var seen: [String: SourceSpan] = [:]
    for setting in test.settings {
      if let before = seen.updateValue(setting.key.span, forKey: setting.key.text) {
        found.append(.settingTwice(setting.key, before))
      }
      check(setting, &checked)
    }
    requireExpectation(test, seen)
    file.tests.append(checked)
  }

  private mutating func check(_ setting: SettingsBlock.Setting, _ test: inout CheckedTest) {
    guard let definition = TestSetting.named(setting.key.text) else {
      return found.append(.unknownTestSetting(setting.key))
    }
    let value = checker.constant(setting.value)
    test.settings[definition.key] = value
    switch definition.type {
    case .value(let type): checker.require(value, fits: type, of: "`\(definition.name)`")
    case .workspace:
      let types: [ValueType] = [.string, .record, .list(.record)]
      if !types.contains(where: value.type.fits) {
        found.append(.notAWorkspace(value, definition))
      }
    }
  }

  private mutating func requireExpectation(_ test: SettingsBlock, _ seen: [String: SourceSpan]) {
    let expectations = TestSetting.table.filter(\.isExpectation).map(\.name)
    // An unknown setting may be a misspelt expectation.
    let isClear = isWhole && seen.keys.allSatisfy { TestSetting.named($0) != nil }
    if isClear, !expectations.contains(where: { seen[$0] != nil }) {
      found.append(.expectsNothing(test.name, expectations))
    }
  }
}

extension Diagnostic {
  fileprivate static func notATest(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0702", "a test file can contain only tests and values that they share", at: span,
      label: "neither `test` nor `let` with a value", help: ["move it to a script"])
  }

  fileprivate static func unknownTestSetting(_ key: Name) -> Diagnostic {
    let keys = TestSetting.table.map(\.name)
    return Diagnostic(
      "C0703", "unknown setting `\(key.text)`", at: key.span, label: "a test has no such setting",
      help: suggestion(for: key.text, among: keys)
        ?? ["the settings are \(keys.joined(separator: ", "))"],
      fix: guess(key, among: keys))
  }

  fileprivate static func settingTwice(_ key: Name, _ before: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0704", "`\(key.text)` is set twice", at: key.span, label: "set again",
      help: ["remove one of them"]
    ).noting(before, "first set here")
  }

  fileprivate static func expectsNothing(_ name: Name, _ expectations: [String]) -> Diagnostic {
    Diagnostic(
      "C0705", "the test \(name.text.quoted) expects nothing", at: name.span,
      label: "it could never fail", help: ["add one of \(expectations.joined(separator: ", "))"])
  }

  fileprivate static func testTwice(_ name: Name, _ before: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0706", "duplicate test \(name.text.quoted)", at: name.span, label: "same name again",
      help: ["rename one of them"]
    ).noting(before, "first one here")
  }

  fileprivate static func namelessTest(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0707", "test without a name", at: span, label: "empty",
      help: ["for example `test \"disconnects tagged connections\" { … }`"])
  }

  fileprivate static func noTests(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0708", "the test file has no tests", at: span, label: "no `test` in this file",
      help: ["add one: `test \"name\" { selection = [36] }`"])
  }

  fileprivate static func notAWorkspace(_ value: CheckedExpression, _ setting: TestSetting)
    -> Diagnostic
  {
    Diagnostic(
      "C0709", "`given` must be a workspace, not \(value.type.withArticle)", at: value.span,
      label: "this is \(value.type.withArticle)",
      help: [
        "write connections, `given = \(setting.example)`, or the name of a file that holds them"
      ])
  }
}
