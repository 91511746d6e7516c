import JSON
import Language

/// A name that a script binds.
struct Binding {
  enum Kind: String { case variable, parameter, definition }

  let text: String
  let kind: Kind
  /// The name where it is bound.
  let name: SourceSpan
  /// The statement that binds it.
  let statement: SourceSpan
  /// The offsets at which it can be used.
  let visible: Range<Int>

  func symbol(in document: DocumentText) -> JSON {
    .members([
      "name": .string(text), "kind": .int(Int64(kind == .definition ? 12 : 13)),
      "detail": .string(kind.rawValue),
      "range": document.range(statement.start..<statement.end),
      "selectionRange": document.range(name.start..<name.end),
    ])
  }
}

/// Collects the bindings of a script in text order.
struct BindingList {
  private(set) var bindings: [Binding] = []

  init(_ script: Script, end: Int) { add(script.statements, until: end) }

  private mutating func add(_ statements: [Statement], until end: Int) {
    for statement in statements { add(statement, until: end) }
  }

  private mutating func add(_ statement: Statement, until end: Int) {
    let span = statement.span
    switch statement.kind {
    case .letPipeline(let name, _), .letExpression(let name, _):
      add(name, .variable, span, span.end..<max(span.end, end))
    case .parameter(let parameter):
      add(parameter.name, .parameter, span, span.end..<max(span.end, end))
    case .definition(let definition):
      add(definition.name, .definition, span, span.start..<max(span.start, end))
      for parameter in definition.parameters {
        add(parameter.name, .parameter, span, span.start..<span.end)
      }
    case .loop(let loop):
      let body = loop.body.span
      add(loop.variable, .variable, span, body.start..<body.end)
      add(loop.body.statements, until: body.end)
    case .branch(let branch): add(branch)
    case .pipeline, .use, .print, .profile, .defaultProfile, .test: break
    }
  }

  private mutating func add(_ branch: Branch) {
    add(branch.then.statements, until: branch.then.span.end)
    switch branch.otherwise {
    case .block(let block): add(block.statements, until: block.span.end)
    case .branch(let next): add(next)
    case nil: break
    }
  }

  private mutating func add(
    _ name: Name, _ kind: Binding.Kind, _ statement: SourceSpan, _ visible: Range<Int>
  ) {
    bindings.append(
      Binding(
        text: name.text, kind: kind, name: name.span, statement: statement, visible: visible))
  }
}
