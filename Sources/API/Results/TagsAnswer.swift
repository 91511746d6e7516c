import JSON

/// A page of the workspace's tags, decoded.
///
/// Source: Workato's documentation, "Tags"; the shape of the answer is known from public clients. It
/// states no total: behind a full page there may be another.
package struct TagsAnswer: Hashable, Sendable {
  package let tags: [Tag]

  /// Throws unless the answer is a page of tags; without the privilege for tags, the API refuses the
  /// call or answers with a sign-in page.
  package init(_ answer: Answer) throws(ClientError) {
    do {
      tags = try Self.decode(answer.content { _ in true })
    } catch { throw error.about(.tags) }
  }

  /// `true` iff there may be another page.
  package var isFull: Bool { tags.count >= Request.tagsPerPage }

  private static func decode(_ json: JSON) throws(ClientError) -> [Tag] {
    guard let rows = rows(json) else { throw .unreadable("expected a list of tags") }
    var tags: [Tag] = []
    for (index, row) in rows.enumerated() {
      guard let tag = Tag(row) else {
        throw .unreadable("element \(index + 1) is not a tag: it has no handle or no title")
      }
      tags.append(tag)
    }
    return tags
  }

  private static func rows(_ json: JSON) -> [JSON]? {
    let places = [json, json["data"]?["tags"], json["tags"], json["result"]]
    return places.lazy.compactMap { $0?.array }.first
  }
}
