/// The types that a payload's members can have, as an error words them.
enum PayloadKind: String {
  case text = "a string"
  case boolean = "a boolean"
  case object = "an object"
  /// The page's tables say string, its samples send integers: both are taken.
  case identifier = "an ID or null"
  case externalID = "a string, an integer or null"
  case tokenPair = "an object with the strings access_token and refresh_token"

  /// Returns `value` as it is kept, ids as integers; `nil` where it is of another type.
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
