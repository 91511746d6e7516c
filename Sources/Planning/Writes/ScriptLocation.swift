import Language

/// A place in a script. Line and column count from 1; both are 0 for a plan without a script.
package struct ScriptLocation: Sendable, Equatable {
  package let file: String
  package let line: Int
  package let column: Int

  package init(file: String, line: Int, column: Int) {
    self.file = file
    self.line = line
    self.column = column
  }

  package init(_ span: SourceSpan, _ sources: SourceMap) {
    let position = sources.file(of: span)?.position(of: span.start)
    file = sources.file(of: span)?.name ?? "?"
    line = position?.line ?? 1
    column = position?.column ?? 1
  }
}

extension ScriptLocation: CustomStringConvertible {
  /// The place as `file:line:column`, or just `file` for a plan without a script.
  package var description: String { column == 0 ? file : "\(file):\(line):\(column)" }
}
