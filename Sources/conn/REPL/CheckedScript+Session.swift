import Language

/// Facts about a statement that a session needs.
extension CheckedScript {
  var writes: Bool { statements.flatMap(\.pipelines).contains(where: \.writes) }

  /// The names that it binds for later statements.
  var boundNames: [String] {
    statements.compactMap { statement in
      switch statement {
      case .letExpression(let name, _), .letPipeline(let name, _): name
      default: nil
      }
    }
  }

  /// `true` iff it has rows, which become `it`.
  var hasResult: Bool {
    statements.contains { if case .pipeline = $0 { true } else { false } }
  }
}
