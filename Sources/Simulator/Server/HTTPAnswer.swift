/// An answer before it is encoded; thrown to end the handling of a request.
struct HTTPAnswer: Error, Hashable {
  /// One header; a struct, since tuples are not `Hashable`.
  struct Header: Hashable {
    let name: String
    let value: String
  }

  var status: Int
  var headers: [Header] = []
  var contentType = "application/json; charset=utf-8"
  var body: [UInt8]

  init(status: Int, body: [UInt8]) {
    self.status = status
    self.body = body
  }

  init(status: Int = 200, json: JSONValue) {
    self.init(status: status, body: JSONWriter.bytes(json))
  }

  static func message(_ status: Int, _ message: String) -> HTTPAnswer {
    HTTPAnswer(status: status, json: ["message": .string(message)])
  }

  static let badRequest = message(400, "Bad request")
  static let unauthorized = message(401, "Unauthorized")
  static let notFound = message(404, "Not found")
  static let methodNotAllowed = message(405, "Method not allowed")
  static let tooLarge = message(413, "Payload too large")

  /// The answer 429; `retryAfter` is the value of the `Retry-After` header.
  static func rateLimited(retryAfter: String?) -> HTTPAnswer {
    var answer = message(429, "Rate limit exceeded")
    answer.headers = retryAfter.map { [Header(name: "Retry-After", value: $0)] } ?? []
    return answer
  }

  /// The answer 422 for invalid fields; `problems` are by field name.
  static func invalid(_ problems: [String: String]) -> HTTPAnswer {
    let errors = problems.mapValues { JSONValue.array([.string($0)]) }
    return HTTPAnswer(status: 422, json: ["errors": .object(errors)])
  }

  /// A complete, well-formed "not done", in the page's words.
  static func rejected(_ message: String, status: Int) -> HTTPAnswer {
    HTTPAnswer(
      status: status,
      json: ["success": false, "status": "rejected", "message": .string(message)])
  }
}
