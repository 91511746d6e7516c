/// Reports unused names.
extension Checker {
  /// A name that should be used, unless it begins with `_`.
  struct Declaration {
    let kind: Kind
    let name: Name
    let statement: SourceSpan

    enum Kind {
      case value, parameter, definition
      /// A name bound to a pipeline, which runs even if the name is unused.
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
  /// `true` iff the script contains only definitions for other scripts.
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
      help: ["remove it, or rename it to `_\(name.text)` to keep it"], fix: removal(declaration),
      severity: .warning)
  }

  /// Returns the fix for an unused name: a value is removed, and a pipeline keeps running without
  /// its name. Parameters and definitions are part of an interface, so only a person can remove
  /// them.
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
