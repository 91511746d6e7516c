import JSON

/// A JSON-RPC 2.0 message from the client that names a method.
struct Message {
  let method: String
  /// `nil` iff the message is a notification, which is never answered.
  let id: JSON?
  let parameters: JSON

  /// Reads a message. Returns `nil` for the answer to a request, since the server asks nothing.
  static func read(_ bytes: [UInt8]) throws(ProtocolError) -> Message? {
    guard let json = try? JSONParser.parse(bytes) else { throw .parseError }
    guard let object = json.object else { throw .invalidRequest("a message must be an object") }
    if object.has("result") || object.has("error") { return nil }
    guard let method = json["method"]?.string else {
      throw .invalidRequest("a message must have a method")
    }
    return Message(method: method, id: json["id"], parameters: json["params"] ?? .null)
  }
}

/// An error of the protocol, with its JSON-RPC code.
struct ProtocolError: Error, Hashable {
  let code: Int64
  let message: String

  static let parseError = ProtocolError(code: -32700, message: "invalid JSON")
  static let notInitialized = ProtocolError(code: -32002, message: "send `initialize` first")

  static func invalidRequest(_ message: String) -> ProtocolError {
    ProtocolError(code: -32600, message: message)
  }

  static func unknownMethod(_ name: String) -> ProtocolError {
    ProtocolError(code: -32601, message: "unknown method `\(name.prefix(100))`")
  }

  static func invalidParameters(_ message: String) -> ProtocolError {
    ProtocolError(code: -32602, message: message)
  }

  /// A request that is valid but can't be met, such as a new name that is taken.
  static func requestFailed(_ message: String) -> ProtocolError {
    ProtocolError(code: -32803, message: message)
  }
}

/// The messages that the server sends.
enum Reply {
  static func result(_ result: JSON, id: JSON) -> JSON {
    .members(["jsonrpc": .string("2.0"), "id": id, "result": result])
  }

  static func error(_ error: ProtocolError, id: JSON) -> JSON {
    let content = JSON.members(["code": .int(error.code), "message": .string(error.message)])
    return .members(["jsonrpc": .string("2.0"), "id": id, "error": content])
  }

  static func notification(_ method: String, _ parameters: JSON) -> JSON {
    .members(["jsonrpc": .string("2.0"), "method": .string(method), "params": parameters])
  }
}

extension JSON {
  static func members(_ members: KeyValuePairs<String, JSON>) -> JSON {
    .object(JSON.Object(members.map { ($0.key, $0.value) }))
  }

  static func int(_ value: Int) -> JSON { .int(Int64(value)) }
}
