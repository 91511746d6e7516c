/// The list's filters. They compare a field's text, so `"36"` matches 36.
struct ListFilter {
  private static let names = ["folder_id", "parent_id", "external_id", "project_id"]

  private let wanted: [(field: String, text: String)]
  private let updatedAfter: Timestamp?

  /// Throws the answer 400 if `updated_after` doesn't have the page's format.
  init(_ query: Query) throws(HTTPAnswer) {
    wanted = Self.names.compactMap { name in query[name].map { (name, $0) } }
    updatedAfter = query["updated_after"].flatMap { Timestamp(toTheSecond: $0) }
    guard (query["updated_after"] == nil) == (updatedAfter == nil) else { throw .badRequest }
  }

  func matches(_ row: SimulatedConnection) -> Bool {
    wanted.allSatisfy { row[$0.field].filterText == $0.text } && isRecent(row)
  }

  private func isRecent(_ row: SimulatedConnection) -> Bool {
    guard let updatedAfter else { return true }
    guard let updated = row["updated_at"].string.flatMap({ Timestamp($0) }) else { return false }
    return updated > updatedAfter
  }
}

extension JSONValue {
  fileprivate var filterText: String? {
    switch self {
    case .string(let text): text
    case .integer(let number): String(number)
    default: nil
    }
  }
}
