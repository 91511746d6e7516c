/// The validated body of *create* or *update*; members that the page doesn't list are ignored.
struct Payload {
  private static let kinds: [String: PayloadKind] = [
    "name": .text, "provider": .text, "parent_id": .identifier, "folder_id": .identifier,
    "external_id": .externalID, "shell_connection": .boolean, "input": .object,
    "oauth_token_pair": .tokenPair,
  ]

  private let members: [String: JSONValue]

  /// Throws the answer 400 if `body` is not a JSON object, and 422 if a member has the wrong type. An
  /// empty body counts as an empty object.
  init(_ body: [UInt8]) throws(HTTPAnswer) {
    var problems: [String: String] = [:]
    var members: [String: JSONValue] = [:]
    for (name, value) in try JSONValue.bodyObject(body) {
      guard let kind = Self.kinds[name] else { continue }
      members[name] = kind.normalized(value)
      if members[name] == nil { problems[name] = "must be \(kind.rawValue)" }
    }
    guard problems.isEmpty else { throw .invalid(problems) }
    self.members = members
  }

  var isEmpty: Bool { members.isEmpty }

  /// `nil` if the member was not sent; `.null` if it was sent as `null`.
  subscript(name: String) -> JSONValue? { members[name] }

  /// `true` iff there are credentials to be tested against the application.
  var authenticates: Bool { hasCredentials && members["shell_connection"] != true }

  /// `true` iff the login fails: the credentials contain the value `wrong` at any depth.
  var credentialsAreWrong: Bool {
    ["input", "oauth_token_pair"].contains { members[$0]?.holds("wrong") ?? false }
  }

  private var hasCredentials: Bool {
    members["input"] != nil || members["oauth_token_pair"] != nil
  }
}

extension JSONValue {
  /// Parses a body; an empty one is `{}`. Throws the answer 400 unless it is an object.
  static func bodyObject(_ body: [UInt8]) throws(HTTPAnswer) -> [String: JSONValue] {
    if body.isEmpty { return [:] }
    guard let members = JSONValue(parsing: body)?.object else { throw .badRequest }
    return members
  }

  fileprivate func holds(_ text: String) -> Bool {
    switch self {
    case .string(let own): own == text
    case .array(let elements): elements.contains { $0.holds(text) }
    case .object(let members): members.values.contains { $0.holds(text) }
    default: false
    }
  }
}
