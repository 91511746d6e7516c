import API
import JSON
import Language
import Text

/// Prints calls as they would be sent, for a dry run or a preview.
package struct CallPrinter: Sendable {
  package enum Form: String, CaseIterable, Sendable { case http, curl, json }

  package let form: Form
  package let server: ServerAddress

  package init(form: Form, server: ServerAddress) {
    self.form = form
    self.server = server
  }

  /// A call and its origin in the script.
  package struct Entry {
    package let request: Request
    package let effect: Effect
    /// The stage or source that causes the call.
    package let span: SourceSpan?
    /// The connections it is for, as far as they are known; a name may be unknown.
    private(set) var targets: [(id: Int64, name: String?)] = []
    /// The number of connections that such a call can change.
    package private(set) var connectionsPerCall = 1
    /// The pipeline that selects the rows, if the call is a template; otherwise `nil`.
    package private(set) var template: SourceSpan?

    /// A call of a source, such as a list.
    package init(_ request: Request, effect: Effect, span: SourceSpan?) {
      self.request = request
      self.effect = effect
      self.span = span
    }

    package init(_ call: PlannedCall, template: SourceSpan? = nil) {
      var named = call
      named.replaceWrites(\.namingMade)
      self.init(named.call.request, effect: call.write.effect, span: call.write.span)
      targets = call.writes.compactMap { write in
        write.id.map { ($0, write.connection?.name) }
      }
      self.template = template
      connectionsPerCall = call.write.definition.connectionsPerCall
    }
  }

  package func text(_ entry: Entry, _ sources: SourceMap) -> String {
    switch form {
    case .http: comment(entry, sources) + targets(entry) + http(entry)
    case .curl: comment(entry, sources) + curl(entry)
    case .json: json(entry, sources).text + "\n"
    }
  }

  /// Returns a comment line to put between calls; empty for JSON, which programs read.
  package func comment(_ text: String) -> String { form == .json ? "" : "# \(text):\n" }

  private func headers(_ request: Request, token: String) -> [(name: String, value: String)] {
    [("Authorization", "Bearer \(token)")] + request.headers
  }

  // MARK: http

  private func http(_ entry: Entry) -> String {
    let request = entry.request
    let head = headers(request, token: "‹WORKATO_API_TOKEN›").map { "\($0.name): \($0.value)\n" }
    let body = request.body.map { $0.shown.text + "\n" } ?? ""
    return "\(request.method.rawValue) \(server.base)\(request.target)\n"
      + head.joined() + "\n" + (body.isEmpty ? "" : body + "\n")
  }

  /// Returns a comment for each connection of a call whose name is known: `# 36 "Prod JIRA"`.
  private func targets(_ entry: Entry) -> String {
    entry.targets.compactMap { target in
      let id = target.id < 0 ? "new \(0 - target.id)" : String(target.id)
      return target.name.map { "# \(id) \($0.quoted)\n" }
    }.joined()
  }

  /// Returns the comment above a template: `# for each row of 1:1-1:28: list where tags has "x"`.
  private func comment(_ entry: Entry, _ sources: SourceMap) -> String {
    guard let selection = entry.template, let file = sources.file(of: selection) else { return "" }
    let start = file.position(of: selection.start)
    let end = file.position(of: max(selection.start, selection.end - 1))
    let range = "\(start.line):\(start.column)-\(end.line):\(end.column)"
    return "# for each row of \(range): \(sources.text(selection).onOneLine)\n"
  }

  // MARK: curl

  // The output is meant to be pasted into a shell. Names and other texts from the API must not get into
  // it, except in the body, as JSON, which has no control characters, in single quotes.

  private func curl(_ entry: Entry) -> String {
    let request = entry.request
    let lines =
      [
        "curl --globoff --request \(request.method.rawValue) \((server.base + request.target).shellQuoted)"
      ]
      + [#"  --header "Authorization: Bearer $WORKATO_API_TOKEN""#]
      + request.headers.filter { $0.name != "Accept-Encoding" }
      .map { "  --header \("\($0.name): \($0.value)".shellQuoted)" }
      + (request.body.map { ["  --data \($0.shown.text.shellQuoted)"] } ?? [])
    return lines.joined(separator: " \\\n") + "\n\n"
  }

  // MARK: json

  private func json(_ entry: Entry, _ sources: SourceMap) -> JSON {
    let request = entry.request
    let headers = headers(request, token: "‹WORKATO_API_TOKEN›").map {
      ($0.name, JSON.string($0.value))
    }
    let connections = entry.targets.map { id, name in
      JSON.members([("id", id.json), ("name", name.json)])
    }
    return .members([
      ("method", request.method.rawValue.json), ("url", (server.base + request.target).json),
      ("headers", .members(headers)), ("body", (request.body?.shown).json),
      ("template", (entry.template != nil).json), ("connection", connections.first.json),
      ("connections", connections.json), ("source", source(entry.span, sources)),
      ("effect", entry.effect.name.json),
    ])
  }

  private func source(_ span: SourceSpan?, _ sources: SourceMap) -> JSON {
    guard let span, sources.file(of: span) != nil else { return .null }
    return ScriptLocation(span, sources).json
  }
}

extension String {
  /// The text in single quotes, for a POSIX shell.
  package var shellQuoted: String {
    "'" + replacing("'", with: #"'\''"#) + "'"
  }
}
