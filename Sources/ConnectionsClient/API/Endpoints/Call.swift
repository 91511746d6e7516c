/// A call that changes one connection.
///
/// Source: the API's page, "Create", "Update", "Disconnect" and "Delete a connection".
package enum WriteCall: Hashable, Sendable {
  case create([BodyValue.Member])
  case update(id: Int64, [BodyValue.Member])
  case disconnect(id: Int64, force: Bool)
  case delete(id: Int64)

  /// The connection that the call is about; `nil` for a new one.
  package var id: Int64? {
    switch self {
    case .create: nil
    case .update(let id, _), .disconnect(let id, _), .delete(let id): id
    }
  }

  /// Ids below zero stand for connections that a preview only pretends to have made.
  package var request: Request {
    let target = id.map { $0 < 0 ? "{new\(-$0)}" : String($0) } ?? ""
    return switch self {
    case .create(let fields): .create(fields)
    case .update(_, let fields): .update(target, fields)
    case .disconnect(_, let force): .disconnect(target, force: force)
    case .delete: .delete(target)
    }
  }
}

/// A request as a value: what is sent but for the token.
package struct Request: Hashable, Sendable {
  package let method: Method
  /// From `/api` on, with the query.
  package let target: String
  package let body: BodyValue?

  package enum Method: String, Sendable {
    case get = "GET", post = "POST", put = "PUT", delete = "DELETE"
  }

  private static let path = "/api/connections"

  package static func list(_ query: ListQuery) -> Request {
    let parameters = query.parameters.map { "\($0.name)=\($0.value.percentEncoded)" }
    let suffix = parameters.isEmpty ? "" : "?" + parameters.joined(separator: "&")
    return Request(method: .get, target: path + suffix, body: nil)
  }

  package static func create(_ fields: [BodyValue.Member]) -> Request {
    Request(method: .post, target: path, body: .object(fields))
  }

  /// `id` is a number, or `{id}` in a template.
  package static func update(_ id: String, _ fields: [BodyValue.Member]) -> Request {
    Request(method: .put, target: "\(path)/\(id)", body: .object(fields))
  }

  /// The body is exactly `{"force":true}`; without force there is none.
  package static func disconnect(_ id: String, force: Bool) -> Request {
    let body = BodyValue.object([BodyValue.Member("force", .json(.bool(true)))])
    return Request(method: .post, target: "\(path)/\(id)/disconnect", body: force ? body : nil)
  }

  package static func delete(_ id: String) -> Request {
    Request(method: .delete, target: "\(path)/\(id)", body: nil)
  }

  /// The headers that are sent beside `Authorization`.
  package var headers: [(name: String, value: String)] {
    [("Accept", "application/json"), ("Accept-Encoding", "gzip")]
      + (body == nil ? [] : [("Content-Type", "application/json")])
      + [("User-Agent", "conn/\(Version.number)")]
  }
}

/// The version of the program, in one place.
package enum Version {
  package static let number = "0.1.0"
}

extension String {
  /// Everything but RFC 3986's unreserved characters, and the colon of times, as `%XX`.
  var percentEncoded: String {
    let hex = Array("0123456789ABCDEF".utf8)
    var bytes: [UInt8] = []
    for byte in utf8 {
      if byte.isUnreserved {
        bytes.append(byte)
      } else {
        bytes += [UInt8(ascii: "%"), hex[Int(byte >> 4)], hex[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

extension UInt8 {
  fileprivate var isUnreserved: Bool {
    switch self {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
    default: "-._~:".utf8.contains(self)
    }
  }
}
