extension Workspace {
  /// Deletes a connection; its children keep their `parent_id`.
  mutating func delete(_ id: Int64?) throws(HTTPAnswer) -> HTTPAnswer {
    let index = try index(of: id)
    if let user = rows[index].facts.user {
      throw .rejected(
        "You can't delete a connection used by \(user)", status: options.refusalStatus)
    }
    remove(at: index)
    return HTTPAnswer(json: ["success": true, "status": "deleted"])
  }
}

extension SimulatorFacts {
  /// The obstacle to a delete, in the page's words.
  fileprivate var user: String? {
    if activeRecipes > 0 { return "active recipes" }
    return auditStreaming ? "audit log streaming" : nil
  }
}
