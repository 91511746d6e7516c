/// Names that nothing refers to.
extension Checker {
  /// A name that should be referred to; one that begins with `_` need not be.
  struct Declaration {
    let kind: Kind
    let name: Name
    let statement: SourceSpan

    enum Kind {
      case value, parameter, definition
      /// Bound to a pipeline, which is carried out all the same.
      case rows(SourceSpan)
    }
  }

  mutating func reportUnused() {
    for declaration in declared
    where !referred.contains(declaration.name.span) && !declaration.name.text.hasPrefix("_") {
      report(.unused(declaration))
    }
  }
}

extension Script {
  /// `true` iff it holds definitions for others, and nothing that could use them.
  var isLibrary: Bool {
    !statements.isEmpty
      && statements.allSatisfy { statement in
        switch statement.kind {
        case .definition, .use: true
        default: false
        }
      }
  }
}

extension Diagnostic {
  fileprivate static func unused(_ declaration: Checker.Declaration) -> Diagnostic {
    let name = declaration.name
    return Diagnostic(
      "C0119", "`\(name.text)` is never used", at: name.span, label: "nothing refers to it",
      help: ["remove it, or call it `_\(name.text)` to keep it"], fix: removal(declaration),
      severity: .warning)
  }

  /// A value goes; a pipeline stays without its name; parameters and definitions are others' to
  /// decide.
  private static func removal(_ declaration: Checker.Declaration) -> Fix? {
    switch declaration.kind {
    case .value: Fix("remove the statement", [Edit(declaration.statement, "")])
    case .rows(let pipeline):
      Fix(
        "remove the name",
        [Edit(SourceSpan(declaration.statement.start, pipeline.start), "")], isCertain: false)
    case .parameter, .definition: nil
    }
  }
}
