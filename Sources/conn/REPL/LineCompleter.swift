import Glibc
import Inspection
import Language
import LineEditing
import Text

/// Completes the line on Tab, with names from the language's tables and the checker, files from the
/// directory, values from the last list, and the prompt's own commands.
@MainActor struct LineCompleter {
  let session: Session
  let isColored: Bool
  /// The earlier lines of the statement, each with its newline.
  let before: String
  /// Reads a part of the workspace that a completion needs, if it may be read.
  var read: (WorkspaceListing.Missing) -> Void = { _ in }

  /// Maximum number of candidates.
  private static let most = 100

  private var host: Host { session.runner.host }

  /// Completes a line; `cursor` is an offset in its UTF-8.
  func completion(of line: String, at cursor: Int) -> LineCompletion? {
    if before.isEmpty, line.hasPrefix(":") { return command(line, cursor) }
    let completion = session.completion(of: before + line, at: before.utf8.count + cursor)
    var found = completion.candidates
    var note: String?
    let closing = completion.lookup?.closing ?? ""
    if let lookup = completion.lookup { (found, note) = looked(up: lookup, found) }
    let start = completion.replaced.lowerBound - before.utf8.count
    guard start >= 0, start <= cursor else { return nil }
    return LineCompletion(
      start: start, found.map { $0.inserted(closing: closing) }, listing(found, note))
  }

  // MARK: Lookups

  /// Returns the candidates for a file or a value, with a note on where values come from.
  private func looked(up lookup: Completion.Lookup, _ named: [Candidate]) -> ([Candidate], String?)
  {
    switch lookup.subject {
    case .file(let endings): return (FileNames(host: host).candidates(lookup.prefix, endings), nil)
    case .value:
      session.listing.missing(for: lookup).map(read)
      let values = session.listing.candidates(for: lookup, limit: Self.most)
      return (values + named, values.isEmpty ? nil : session.listing.ageText)
    }
  }

  // MARK: Commands

  private func command(_ line: String, _ cursor: Int) -> LineCompletion? {
    let typed = String(decoding: Array(line.utf8.prefix(cursor)), as: UTF8.self)
    guard let blank = typed.firstIndex(of: " ") else { return commands(typed) }
    let name = typed[..<blank].dropFirst()
    return PromptCommand.table.first { $0.name == name }?.subject.flatMap { subject in
      argument(subject, typed[typed.index(after: blank)...], of: typed)
    }
  }

  /// Completes an argument, which ends the typed text.
  private func argument(_ subject: PromptCommand.Subject, _ word: Substring, of typed: String)
    -> LineCompletion?
  {
    switch subject {
    case .statement: return statement(word, of: typed)
    case .interval: return statement(word.drop { !$0.isWhitespace }.dropFirst(), of: typed)
    case .file, .profile, .run, .topic:
      let files = subject == .file ? FileNames(host: host).candidates(String(word), []) : []
      let offered = arguments(subject).matching(String(word)) + files
      return LineCompletion(
        start: typed.utf8.count - word.utf8.count, offered.map(\.text), listing(offered, nil))
    }
  }

  private func statement(_ text: Substring, of typed: String) -> LineCompletion? {
    let completer = LineCompleter(
      session: session, isColored: isColored, before: "", read: read)
    guard let found = completer.completion(of: String(text), at: text.utf8.count) else {
      return nil
    }
    return LineCompletion(
      start: typed.utf8.count - text.utf8.count + found.start, common: found.common,
      candidates: found.candidates, listing: found.listing)
  }

  private func arguments(_ subject: PromptCommand.Subject) -> [Candidate] {
    switch subject {
    case .file, .statement, .interval: []
    case .profile: session.profileNames.map { Candidate($0, .value) }
    case .run:
      ((try? session.runs.paths()) ?? []).reversed().compactMap {
        $0.split(separator: "/").last.map { Candidate(String($0), .value) }
      }
    case .topic: Prompt.helpPage.topics.map { Candidate($0, .value) }
    }
  }

  private func commands(_ typed: String) -> LineCompletion {
    let found = PromptCommand.table.filter { $0.word.hasPrefix(typed) }.map {
      Candidate($0.word, .keyword, $0.summary)
    }
    return LineCompletion(start: 0, found.map(\.spaced), listing(found, nil))
  }

  // MARK: Listing

  private func listing(_ found: [Candidate], _ note: String?) -> String {
    CandidateList(
      found, note: note, most: Self.most, width: host.width ?? 80,
      isColored: isColored
    ).text
  }
}

extension LineCompletion {
  init(start: Int, _ candidates: [String], _ listing: String) {
    self.init(
      start: start, common: Self.commonPrefix(candidates), candidates: candidates,
      listing: listing)
  }

  /// The longest common prefix, in whole characters.
  private static func commonPrefix(_ texts: [String]) -> String {
    guard let first = texts.first else { return "" }
    return texts.dropFirst().reduce(first) { $0.commonPrefix(with: $1) }
  }
}

extension String {
  fileprivate func commonPrefix(with other: String) -> String {
    String(zip(self, other).prefix { $0 == $1 }.map(\.0))
  }
}

extension Candidate {
  /// The text to insert: a value ends its string, except a directory, whose files come next.
  fileprivate func inserted(closing quote: String) -> String {
    kind == .value && !text.hasSuffix("/") ? text + quote : spaced
  }

  /// The text to insert: a word gets a blank after it, unless something else must follow.
  fileprivate var spaced: String {
    switch kind {
    case .keyword, .stage, .operator, .field, .literal:
      text.last.map { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "=" } == true
        ? text + " " : text
    default: text
    }
  }
}

/// The listing of candidates: one per line with its detail, or in columns if there are many or no
/// details.
struct CandidateList {
  let text: String

  private static let maxDetailed = 20
  private static let gap = 2

  init(_ found: [Candidate], note: String?, most: Int, width: Int, isColored: Bool) {
    let style: TextStyle = isColored ? .colored : .plain
    let isDetailed =
      found.count <= Self.maxDetailed && found.contains { !$0.detail.isEmpty }
    let body = isDetailed ? Self.detailed(found, width, style) : Self.grid(found, width)
    let more = found.count >= most ? "… only the first \(most) are shown\n" : ""
    text = body + style.paint(more + (note.map { $0 + "\n" } ?? ""), .dim)
  }

  private static func detailed(_ found: [Candidate], _ width: Int, _ style: TextStyle) -> String {
    let widest = found.map(\.shown.displayWidth).max() ?? 0
    return found.map { candidate in
      let blanks = String(repeating: " ", count: widest + gap - candidate.shown.displayWidth)
      let room = max(0, width - widest - gap - 1)
      return candidate.shown + blanks + style.paint(candidate.detail.truncated(to: room), .dim)
        + "\n"
    }.joined()
  }

  private static func grid(_ found: [Candidate], _ width: Int) -> String {
    let column = (found.map(\.shown.displayWidth).max() ?? 0) + gap
    let columns = max(1, width / max(1, column))
    let rows = (found.count + columns - 1) / columns
    return (0..<rows).map { row in
      stride(from: row, to: found.count, by: rows).map { index in
        let shown = found[index].shown
        return shown + String(repeating: " ", count: column - shown.displayWidth)
      }.joined() + "\n"
    }.joined()
  }
}

extension Candidate {
  fileprivate var shown: String { text.escapingHiddenCharacters() }
}
