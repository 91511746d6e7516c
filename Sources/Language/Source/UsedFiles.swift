/// The files that a script names with `use`, and those that they name: each is read and parsed once.
package struct UsedFiles {
  /// The files' statements, by the files' paths.
  private(set) var scripts: [String: Script] = [:]
  /// The path of the file that each `use` names, by the place of the name.
  private(set) var paths: [SourceSpan: String] = [:]
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var confidential: [SourceSpan] = []

  /// How many files may use one another in a row.
  private static let mostNested = 32
  private static let mostFiles = 256

  package init() {}

  /// `true` iff a file is missing or broken, so that its definitions are not known.
  var hasFailed: Bool { diagnostics.contains(where: \.isError) }

  /// Reads all that `script`, the text of the file `name`, uses.
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
      } else if files.count > Self.mostNested || scripts.count >= Self.mostFiles {
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

/// Names of files as text: what `..` and `.` come to, and what stands beside a file.
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
      label: "leads back to a file that leads here",
      help: ["move what both need to a file of its own"])
  }

  fileprivate static func tooManyFiles(_ path: Name) -> Diagnostic {
    Diagnostic(
      "C0507", "too many files are used", at: path.span, label: "one too many",
      help: ["put the definitions together in fewer files"])
  }

  fileprivate static func unreadable(_ problem: String, _ span: SourceSpan) -> Diagnostic {
    Diagnostic(
      "C0504", problem, at: span, label: "cannot be read",
      help: ["names are relative to the file that uses them"])
  }
}
