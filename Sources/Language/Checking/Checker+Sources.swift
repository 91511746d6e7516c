import Text

/// Checks the sources of pipelines.
extension Checker {
  func bound(of source: CheckedSource) -> RowBound {
    switch source.kind {
    case .get(let ids) where ids.allSatisfy { $0.type == .int }: .atMost(ids.count)
    case .nothing: .atMost(1)
    default: .unbounded
    }
  }

  mutating func source(_ source: Source) -> CheckedSource {
    var plainReason: String?
    let (kind, schema): (CheckedSource.Kind, Schema) =
      switch source.kind {
      case .list(_, let withRuntime): (.list(withRuntime: withRuntime), .connections)
      case .get(let ids): (.get(ids.map { identifier($0) }), .connections)
      case .file(let path, let kind): file(path, kind, &plainReason)
      case .variable(let name):
        (.variable(scope.variables[name.text]?.referent ?? name.text), rows(name))
      case .lastResult: (.lastResult, lastResult(source.span))
      case .nothing: (.nothing, .empty)
      case .invalid: (.nothing, .unknown)
      }
    recordContext(source.span, schema: nil)
    return CheckedSource(
      kind: kind, schema: schema, span: source.span, plainReason: plainReason)
  }

  private mutating func identifier(_ expression: Expression) -> CheckedExpression {
    let value = constant(expression)
    recordContext(expression, wanted: .number, field: "id")
    if !value.type.fits(.list(.int)) { require(value, fits: .int, of: "an id") }
    return value
  }

  private mutating func file(
    _ path: Expression, _ kind: Name?, _ plainReason: inout String?
  ) -> (CheckedSource.Kind, Schema) {
    let value = constant(path)
    recordContext(path, wanted: .type(.string))
    require(value, fits: .string, of: "a file name")
    guard case .string(let text) = value.literal else {
      if !value.type.isUnknown, !value.isGiven { report(.unknownFileName(value.span)) }
      return (.file(DataFile("")), .unknown)
    }
    let file = DataFile(text, as: kind.flatMap { FileKind(rawValue: $0.text) })
    guard file.kind != nil else {
      report(.unknownFileKind(of: file, value.span))
      return (.file(file), .unknown)
    }
    return (.file(file), schema(of: file, value.span, &plainReason))
  }

  private mutating func schema(
    of file: DataFile, _ span: SourceSpan, _ plainReason: inout String?
  ) -> Schema {
    switch scope.files(file) {
    case .schema(let schema, let reason):
      plainReason = reason
      return schema
    case .problem(let problem): report(.unreadableFile(problem, span))
    case .malformed(let problem): report(.malformedFile(problem, span))
    case .unknown: break
    }
    return .unknown
  }

  /// Returns the facts about the rows of a variable or of `it` that are known from earlier
  /// statements.
  func knownRows(_ source: Source) -> KnownRows? {
    switch source.kind {
    case .variable(let name): scope.variables[name.text]?.rows
    case .lastResult: scope.lastResult
    default: nil
    }
  }

  private mutating func rows(_ name: Name) -> Schema {
    guard let variable = scope.variables[name.text] else {
      report(.unknownVariable(name, scope: scope))
      return .unknown
    }
    refer(to: variable)
    if case .rows(let schema) = variable.type { return schema }
    if !variable.type.isUnknown { report(.notRows(name, variable.type)) }
    return .unknown
  }

  private mutating func lastResult(_ span: SourceSpan) -> Schema {
    if let rows = scope.lastResult { return rows.flow.schema }
    report(.noLastResult(span))
    return .unknown
  }
}

extension Diagnostic {
  fileprivate static func unknownFileName(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0501", "the file name must be known before the run", at: span,
      label: "computed during the run", help: ["write the name out, or use a `param`"])
  }

  fileprivate static func unknownFileKind(of file: DataFile, _ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0503", "unknown file type", at: span,
      label: file.isStandardInput ? "stdin has no extension" : "not a known extension",
      help: ["say what it holds: `from \(file.path.quoted) as csv`, `as json` or `as jsonl`"])
  }

  fileprivate static func unreadableFile(_ problem: String, _ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0502", problem, at: span, label: "can't be read",
      help: ["file names are relative to the directory where you start conn"])
  }

  fileprivate static func malformedFile(_ problem: String, _ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0502", problem, at: span, label: "not a valid file of rows",
      help: ["correct the file at that place, or save it again"])
  }

  fileprivate static func notRows(_ name: Name, _ type: ValueType) -> Diagnostic {
    Diagnostic(
      "C0203", "`$\(name.text)` is \(type.withArticle), not rows", at: name.span, label: "not rows",
      help: ["bind rows with a pipeline: `let \(name.text) = list where …`"])
  }

  fileprivate static func noLastResult(_ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0109", "there is no previous result", at: span, label: "nothing to refer to",
      help: ["`it` is the rows of the previous pipeline in the same script or at the same prompt"])
  }
}
