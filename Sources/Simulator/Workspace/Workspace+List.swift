extension Workspace {
  /// Lists every connection that passes all filters, in the workspace's order.
  ///
  /// A filter with an invalid id matches nothing; `updated_after` in any format but the page's is a bad
  /// request.
  func list(_ query: Query) throws(HTTPAnswer) -> HTTPAnswer {
    let filter = try ListFilter(query)
    let withRuntime = query["include_runtime_connections"] == "true"
    let withTags = query.contains("includes[]", "tags")
    let chosen = rows.filter { row in
      (withRuntime || !row.facts.runtime) && (options.ignoresFilters || filter.matches(row))
    }
    let answers = JSONValue.array(chosen.map { .object($0.listed(withTags: withTags)) })
    return HTTPAnswer(json: options.wrapsList ? ["result": answers] : answers)
  }
}

extension SimulatedConnection {
  /// The fields that the list shows; `tags` is present exactly if requested.
  fileprivate func listed(withTags: Bool) -> [String: JSONValue] {
    var listed = fields
    listed["tags"] = withTags ? self["tags"] : nil
    return listed
  }
}
