/// A page of a list: its connections, and the link to the next one.
package struct ListPage: Sendable {
  let connections: [Connection]
  let next: PageLink?
  /// Number of bytes.
  let size: Int

  /// Throws unless the answer is a list of connections.
  package init(_ answer: Answer, from server: ServerAddress) throws(ClientError) {
    connections = try ListAnswer.connections(in: answer)
    next = PageLink(in: answer, from: server)
    size = answer.body.count
  }
}

/// Joins the pages of a list. The API's page documents none; a server that sends a link to a next page
/// has more connections than its first answer shows.
package struct ListPages {
  private var connections: [Connection] = []
  /// The positions of the connections of all pages, by id.
  private var indices: [Int64: Int] = [:]
  /// The targets of the requests so far.
  private var targets: Set<String>
  private var size = 0
  private var doubt: String?

  package static let maxPages = 1_000
  /// The most bytes of all pages together; as many as of a list without pages.
  private static let maxSize = 256 << 20

  /// `target` is that of the request for the first page.
  package init(_ target: String) { targets = [target] }

  package var list: ConnectionList { ConnectionList(connections, doubt: doubt) }

  /// Adds a page. Returns the target of the request for the next one, or `nil` at the end. Throws if the
  /// pages are too large.
  package mutating func add(_ page: ListPage) throws(ClientError) -> String? {
    let isFirst = targets.count == 1
    guard !isFirst || page.next != nil else {
      connections = page.connections
      return nil
    }
    size += page.size
    guard size <= Self.maxSize else { throw .unreadable("the pages of the list are too large") }
    let isNews = join(page)
    return next(page.next, isNews: isNews)
  }

  /// Returns `true` iff the page shows a new connection. One that changes while the pages are read moves in
  /// some orders, and others then move to pages that were already read.
  private mutating func join(_ page: ListPage) -> Bool {
    let count = connections.count
    for connection in page.connections {
      guard let index = indices[connection.id] else {
        indices[connection.id] = connections.count
        connections.append(connection)
        continue
      }
      if connections[index] != connection {
        doubt = doubt ?? "connection \(connection.id) changed between two of its pages"
      }
      connections[index] = connection
    }
    return connections.count > count
  }

  private mutating func next(_ link: PageLink?, isNews: Bool) -> String? {
    switch link {
    case nil: return nil
    case .refused(let reason): doubt = reason
    case .target where !isNews: doubt = "page \(targets.count) shows no new connection"
    case .target where targets.count >= Self.maxPages:
      doubt = "it has more than \(Self.maxPages) pages"
    case .target(let target):
      if targets.insert(target).inserted { return target }
      doubt = "page \(targets.count) links back to an earlier page"
    }
    return nil
  }
}
