/// The texts that one check reads, laid end to end, so that a ``SourceSpan`` needs only two
/// offsets.
package struct SourceMap: Sendable {
  package private(set) var files: [SourceFile] = []

  package init() {}

  /// The size of all texts in bytes.
  var size: Int { files.reduce(0) { $0 + $1.bytes.count } }

  /// Adds a text and returns it with its offset in the map.
  package mutating func add(name: String, bytes: [UInt8]) -> SourceFile {
    let base = files.last.map { $0.span.end + 1 } ?? 0
    let file = SourceFile(name: name, base: base, bytes: bytes)
    files.append(file)
    return file
  }

  /// Replaces the bytes of `spans` with asterisks in every text shown from now on; offsets stay
  /// valid.
  package mutating func hide(_ spans: [SourceSpan]) {
    for index in files.indices {
      let own = spans.filter {
        files[index].span.start <= $0.start && $0.end <= files[index].span.end
      }
      if !own.isEmpty { files[index] = files[index].hiding(own) }
    }
  }

  /// Returns the file that contains `span`, or `nil` if there is none.
  package func file(of span: SourceSpan) -> SourceFile? {
    files.last { $0.base <= span.start }
  }

  /// Returns the text of `span`.
  package func text(_ span: SourceSpan) -> String {
    file(of: span)?.text(span) ?? ""
  }

  /// Returns the start of `span` as `file:line:column`.
  package func location(of span: SourceSpan) -> String {
    guard let file = file(of: span) else { return "?" }
    let position = file.position(of: span.start)
    return "\(file.name):\(position.line):\(position.column)"
  }
}
