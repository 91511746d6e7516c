import API
import JSON
import Language
import Text

/// The tags of a workspace, by handle and by title.
package struct TagDirectory: Sendable {
  package let tags: [Tag]
  private let byHandle: [String: Tag]
  private let byTitle: [String: [Tag]]
  /// By title in lower case.
  private let byLowercase: [String: [Tag]]

  package init(_ tags: [Tag]) {
    self.tags = tags
    byHandle = Dictionary(tags.map { ($0.handle, $0) }, uniquingKeysWith: { first, _ in first })
    byTitle = Dictionary(grouping: tags, by: \.title)
    byLowercase = Dictionary(grouping: tags) { $0.title.lowercased() }
  }

  /// Returns the title of a tag; the handle if there is none.
  package func title(of handle: String) -> String { byHandle[handle]?.title ?? handle }

  package func holds(handle: String) -> Bool { byHandle[handle] != nil }

  /// Returns the tags with this title, exactly or, if there is none, apart from upper and lower case.
  package func tags(titled title: String) -> [Tag] {
    byTitle[title] ?? byLowercase[title.lowercased()] ?? []
  }

  /// Returns the tag with this handle or title. Throws with exit 5 if there is none, or if several
  /// have the title.
  package func tag(_ text: String, at span: SourceSpan) throws(RunError) -> Tag {
    if let tag = byHandle[text] { return tag }
    let found = tags(titled: text)
    if found.count == 1 { return found[0] }
    throw found.isEmpty ? unknown(text, span) : Self.ambiguous(text, found, span)
  }

  private func unknown(_ text: String, _ span: SourceSpan) -> RunError {
    RunError(
      .guardRefused, "no tag has the title or handle \(text.quoted.escapingHiddenCharacters())",
      help: near(text).map { "did you mean \($0)?" } ?? "nothing was changed", at: span)
  }

  /// The titles that resemble the text, or else the handle, in words; `nil` if there are none.
  private func near(_ text: String) -> String? {
    let wanted = text.lowercased()
    let titles = tags.map(\.title)
    let alike =
      Diagnostic.nearest(text, among: titles)
      ?? Diagnostic.nearest(text, among: tags.map(\.handle))
    let nearest = alike.map { [$0] } ?? []
    let containing = titles.filter { title in
      !nearest.contains(title) && !wanted.isEmpty
        && (title.lowercased().contains(wanted) || wanted.contains(title.lowercased()))
    }
    let near = (nearest + containing).prefix(3).map { $0.quoted.escapingHiddenCharacters() }
    return near.isEmpty ? nil : near.joined(separator: " or ")
  }

  private static func ambiguous(_ text: String, _ tags: [Tag], _ span: SourceSpan) -> RunError {
    let handles = tags.map { "\($0.handle) (\($0.title.quoted))" }.joined(separator: ", ")
    return RunError(
      .guardRefused,
      "\(tags.count) tags have the title \(text.quoted): \(handles)".escapingHiddenCharacters(),
      help: "name the tag by its handle", at: span)
  }
}

extension Connection {
  /// The handles of the connection's tags; empty if it was loaded without them.
  package var tagHandles: [String] { member("tags")?.array?.compactMap(\.string) ?? [] }

  /// Returns the connection with the member `tag_titles`, if it was loaded with its tags.
  package func titled(by tags: TagDirectory) -> Connection {
    guard member("tags")?.array != nil else { return self }
    let titles = tagHandles.map { JSON.string(tags.title(of: $0)) }
    return merging(JSON.Object([(Self.titles, .array(titles))]))
  }

  /// Returns the connection with titles for its present tags, if `before` has titles. `tags` are
  /// those that came or went since.
  package func retitled(after before: Connection, _ tags: [Tag]) -> Connection {
    guard let titles = before.member(Self.titles)?.array?.compactMap(\.string) else { return self }
    let known = zip(before.tagHandles, titles).map { Tag(handle: $0, title: $1) }
    return titled(by: TagDirectory(known + tags))
  }

  /// The members that the API sent.
  package var withoutTitles: JSON.Object {
    guard object[Self.titles] != nil else { return object }
    return JSON.Object(object.members.filter { $0.name != Self.titles }.map { ($0.name, $0.value) })
  }

  private static let titles = "tag_titles"
}
