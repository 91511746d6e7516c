extension HTTPAnswer {
  /// Returns one page of the list, the one that `page` in the query names. Every page but the last has
  /// a link. Source: RFC 8288.
  func page(of size: Int, _ next: FaultBehavior.NextLink, for call: Call) -> HTTPAnswer {
    guard case .array(let rows)? = JSONValue(parsing: body),
      let query = try? Query(call.encodedQuery)
    else { return self }
    let number = query["page"].flatMap(Int.init) ?? 1
    let start = min((max(number, 1) - 1) * size, rows.count)
    var page = HTTPAnswer(json: .array(Array(rows[start...].prefix(size))))
    guard start + size < rows.count else { return page }
    let link = next.text(call.query(page: next == .repeat ? number : number + 1))
    page.headers = [Header(name: "Link", value: "<\(link)>; rel=\"next\"")]
    return page
  }
}

extension FaultBehavior.NextLink {
  fileprivate func text(_ query: String) -> String {
    switch self {
    case .right, .repeat: "/api/connections?\(query)"
    case .relative: "?\(query)"
    case .elsewhere: "https://elsewhere.example/api/connections?\(query)"
    case .invalid: "/api/connections?page=next page"
    }
  }
}

extension Call {
  /// The query with another page.
  fileprivate func query(page: Int) -> String {
    let others = encodedQuery.split(separator: "&").filter { !$0.hasPrefix("page=") }
    return (others.map(String.init) + ["page=\(page)"]).joined(separator: "&")
  }
}
