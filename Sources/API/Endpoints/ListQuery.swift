/// The filters and options of a list call.
///
/// Source: the API's page, "List connections", query parameters.
package struct ListQuery: Hashable, Sendable {
  package var folderID: Int64?
  package var parentID: Int64?
  package var externalID: String?
  /// `YYYY-MM-DDTHH:MM:SSZ`, UTC.
  package var updatedAfter: String?
  package var includesTags = false
  package var includesRuntimeConnections = false

  package init() {}

  /// The query parameters in the order of the API's page; the brackets of `includes[]` are encoded.
  package var parameters: [(name: String, value: String)] {
    let optional: [(String, String?)] = [
      ("folder_id", folderID.map(String.init)),
      ("parent_id", parentID.map(String.init)),
      ("external_id", externalID),
      ("include_runtime_connections", includesRuntimeConnections ? "true" : nil),
      ("includes%5B%5D", includesTags ? "tags" : nil),
      ("updated_after", updatedAfter),
    ]
    return optional.compactMap { name, value in value.map { (name, $0) } }
  }
}

extension ListQuery {
  /// `true` iff the server filters the rows.
  package var isFiltered: Bool { self != unfiltered }

  /// The query for the whole workspace, with the same fields.
  package var unfiltered: ListQuery {
    var query = ListQuery()
    query.includesTags = includesTags
    query.includesRuntimeConnections = includesRuntimeConnections
    return query
  }
}
