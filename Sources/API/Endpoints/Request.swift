import JSON

/// A request as a value, without the token.
package struct Request: Hashable, Sendable {
  package let method: Method
  /// The path from `/api` on, with the query.
  package let target: String
  package let body: RequestBody?

  package enum Method: String, Sendable {
    case get = "GET", post = "POST", put = "PUT", delete = "DELETE"
  }

  static let path = "/api/connections"
  /// The largest `per_page` that the API allows.
  package static let tagsPerPage = 100

  package static func list(_ query: ListQuery) -> Request {
    let parameters = query.parameters.map { "\($0.name)=\($0.value.percentEncoded)" }
    let suffix = parameters.isEmpty ? "" : "?" + parameters.joined(separator: "&")
    return Request(method: .get, target: path + suffix, body: nil)
  }

  /// The request for another page of a list, at the target that a page links to.
  package static func page(_ target: String) -> Request {
    Request(method: .get, target: target, body: nil)
  }

  package static func create(_ fields: [RequestBody.Member]) -> Request {
    Request(method: .post, target: path, body: .object(fields))
  }

  /// `id` is a number, or a placeholder such as `{id}` in a request that is only shown.
  package static func update(_ id: String, _ fields: [RequestBody.Member]) -> Request {
    Request(method: .put, target: "\(path)/\(id)", body: .object(fields))
  }

  /// The body is exactly `{"force":true}`, or empty without `force`.
  package static func disconnect(_ id: String, force: Bool) -> Request {
    let body = RequestBody.object([RequestBody.Member("force", .json(.bool(true)))])
    return Request(method: .post, target: "\(path)/\(id)/disconnect", body: force ? body : nil)
  }

  package static func delete(_ id: String) -> Request {
    Request(method: .delete, target: "\(path)/\(id)", body: nil)
  }

  /// A page of the workspace's tags, from 1.
  package static func tags(page: Int) -> Request {
    let query = "page=\(page)&per_page=\(tagsPerPage)"
    return Request(method: .get, target: "/api/tags?\(query)", body: nil)
  }

  /// Tags are handles, and connections are ids; either may be placeholders in a request that is only
  /// shown. An empty list of tags is left out.
  package static func assignTags(_ change: TagChange, to connections: [JSON]) -> Request {
    let lists = [
      ("add_tags", change.added.map(JSON.string)), ("remove_tags", change.removed.map(JSON.string)),
    ]
    let members =
      lists.filter { !$0.1.isEmpty } + [("connection_ids", connections)]
    return Request(
      method: .post, target: "/api/tags_assignments",
      body: .object(members.map { RequestBody.Member($0.0, .json(.array($0.1))) }))
  }

  /// The headers sent in addition to `Authorization`.
  package var headers: [(name: String, value: String)] {
    [("Accept", "application/json"), ("Accept-Encoding", "gzip")]
      + (body == nil ? [] : [("Content-Type", "application/json")])
      + [("User-Agent", "conn/\(Version.number)")]
  }
}
