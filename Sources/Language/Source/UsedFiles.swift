/// The files that a script loads with `use`, directly or indirectly. Each is read and parsed once.
package struct UsedFiles {
  /// The parsed files, by path.
  private(set) var scripts: [String: Script] = [:]
  /// The path that each `use` refers to, by the span of the name.
  private(set) var paths: [SourceSpan: String] = [:]
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var confidential: [SourceSpan] = []

  /// The maximum nesting depth of `use`.
  private static let maxNested = 32
  private static let maxFiles = 256

  package init() {}

  /// `true` iff a file is missing or has errors, so its definitions are unknown.
  var hasFailed: Bool { diagnostics.contains(where: \.isError) }

  /// Reads all files that `script`, the text of the file `name`, uses.
  init(
    _ script: Script, name: String, vocabulary: Vocabulary, scope: Scope,
    sources: inout SourceMap
  ) {
    load(script, [Path.normalized(name)], vocabulary, scope, &sources)
  }

  private mutating func load(
    _ script: Script, _ files: [String], _ vocabulary: Vocabulary, _ scope: Scope,
    _ sources: inout SourceMap
  ) {
    for statement in script.statements {
      guard case .use(let path) = statement.kind else { continue }
      let file = Path.resolved(path.text, beside: files.last ?? "")
      if files.contains(file) {
        diagnostics.append(.cycle(path))
      } else if files.count > Self.maxNested || scripts.count >= Self.maxFiles {
        diagnostics.append(.tooManyFiles(path))
      } else {
        paths[path.span] = file
        if scripts[file] == nil { read(file, path, files, vocabulary, scope, &sources) }
      }
    }
  }

  private mutating func read(
    _ file: String, _ path: Name, _ files: [String], _ vocabulary: Vocabulary, _ scope: Scope,
    _ sources: inout SourceMap
  ) {
    switch scope.texts(file) {
    case .problem(let problem): diagnostics.append(.unreadable(problem, path.span))
    case .bytes(let bytes) where sources.size + bytes.count > Analysis.maxBytes:
      let limit = Analysis.maxBytes >> 20
      diagnostics.append(
        .unreadable("with `\(file)`, the script is larger than \(limit) MiB", path.span))
    case .bytes(let bytes):
      let source = sources.add(name: file, bytes: bytes)
      let parsed = Parser.parse(source, vocabulary: vocabulary)
      scripts[file] = parsed.script
      diagnostics += parsed.diagnostics.map { $0.noting(path.span, "used here") }
      confidential += parsed.confidential
      load(parsed.script, files + [file], vocabulary, scope, &sources)
    }
  }
}

/// File names as text: resolves `.` and `..`, and names relative to another file.
private enum Path {
  static func resolved(_ path: String, beside file: String) -> String {
    guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return normalized(path) }
    return normalized(file[...slash] + path)
  }

  static func normalized(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }
}

extension Diagnostic {
  fileprivate static func cycle(_ path: Name) -> Diagnostic {
    Diagnostic(
      "C0505", "the files use each other in a circle", at: path.span,
      label: "leads back to this file",
      help: ["move what they share to a separate file"])
  }

  fileprivate static func tooManyFiles(_ path: Name) -> Diagnostic {
    Diagnostic(
      "C0507", "too many files of definitions", at: path.span, label: "one too many",
      help: ["combine the definitions into fewer files"])
  }

  fileprivate static func unreadable(_ problem: String, _ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0504", problem, at: span, label: "can't be read",
      help: ["file names are relative to the file that uses them"])
  }
}
