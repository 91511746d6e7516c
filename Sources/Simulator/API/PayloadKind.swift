/// The types of a payload's members; the raw values are used in errors.
enum PayloadKind: String {
  case text = "a string"
  case boolean = "a boolean"
  case object = "an object"
  /// The page's tables show strings and its samples integers; both are accepted.
  case identifier = "an ID or null"
  case externalID = "a string, an integer or null"
  case tokenPair = "an object with the strings access_token and refresh_token"

  /// Returns `value` as stored, with ids as integers; `nil` if it has another type.
  func normalized(_ value: JSONValue) -> JSONValue? {
    switch (self, value) {
    case (.text, .string), (.boolean, .bool), (.object, .object): value
    case (.identifier, .integer), (.identifier, .null): value
    case (.identifier, .string(let text)): Int64(text).map { .integer($0) }
    case (.externalID, .string), (.externalID, .integer), (.externalID, .null): value
    case (.tokenPair, .object(let pair)) where Self.isTokenPair(pair): value
    default: nil
    }
  }

  private static func isTokenPair(_ pair: [String: JSONValue]) -> Bool {
    pair["access_token"]?.string != nil && pair["refresh_token"]?.string != nil
  }
}
