extension FaultBehavior {
  /// Returns what the client gets instead of the right `answer`.
  func reply(insteadOf answer: HTTPAnswer, to call: Call, options: SimulatorOptions) -> Reply {
    switch self {
    case .status(let status, let body, let retryAfter):
      Reply(answer: .fault(status: status, body: body).retrying(after: retryAfter))
    case .reset: Reply(answer: answer, delivery: .reset)
    case .close: Reply(answer: answer, delivery: .unannouncedClose)
    case .truncate: Reply(answer: answer, delivery: .half)
    case .garbage: Reply(answer: answer, delivery: .bytes(Self.noHTTP))
    case .signInPage: Reply(answer: .page(status: 200, title: "Sign in"))
    case .hang: Reply(answer: answer, delivery: .none)
    case .slow(let milliseconds): Reply(answer: answer, delivery: .late(milliseconds: milliseconds))
    case .drip: Reply(answer: answer, delivery: .byteByByte)
    case .redirect(let status, let location): Reply(answer: .redirect(status, to: location))
    case .wrongID: Reply(answer: answer.withWrongIDs)
    case .oversize(let bytes): Reply(answer: answer.padded(to: bytes))
    case .refuse(let status): Reply(answer: .refusal(of: call, status ?? options.refusalStatus))
    case .rateLimit(let retryAfter): Reply(answer: .rateLimited(retryAfter: retryAfter))
    case .rateLimitUntil(let seconds):
      Reply(answer: .rateLimited(retryAfter: options.clock.now.adding(seconds: seconds).httpDate))
    case .empty: Reply(answer: HTTPAnswer(status: 200, body: []))
    case .pages(let size, let next): Reply(answer: answer.page(of: size, next, for: call))
    }
  }

  /// The start of a TLS record, followed by bytes that are not UTF-8.
  private static let noHTTP: [UInt8] = [0x16, 0x03, 0x01, 0x00, 0xff, 0xfe, 0x00, 0x0a, 0x0d, 0x0a]
}

extension HTTPAnswer {
  fileprivate static let defaultBodies: [Int: JSONValue] = [
    400: ["message": "Bad request"], 401: ["message": "Unauthorized"],
    403: ["message": "Forbidden"], 404: ["message": "Not found"],
    422: ["errors": ["name": ["is invalid"]]], 429: ["message": "Rate limit exceeded"],
    500: ["message": "Server error", "id": "3f2b8c1e-6a57-4d0e-9c41-7be2f0a91d55"],
  ]

  fileprivate static func fault(status: Int, body: String?) -> HTTPAnswer {
    guard let body else {
      return HTTPAnswer(status: status, json: defaultBodies[status] ?? ["message": "Error"])
    }
    var answer = HTTPAnswer(status: status, body: Array(body.utf8))
    if body.hasPrefix("<") { answer.contentType = "text/html; charset=utf-8" }
    return answer
  }

  fileprivate static func page(status: Int, title: String) -> HTTPAnswer {
    let page = "<!DOCTYPE html>\n<html><head><title>\(title)</title></head><body></body></html>\n"
    return fault(status: status, body: page)
  }

  fileprivate static func redirect(_ status: Int, to location: String) -> HTTPAnswer {
    var answer = page(status: status, title: "Redirect")
    answer.headers = [Header(name: "Location", value: location)]
    return answer
  }

  fileprivate static func refusal(of call: Call, _ status: Int) -> HTTPAnswer {
    let verb = call.endpoint.rawValue
    return rejected("You can't \(verb) a connection used by active recipes", status: status)
  }

  fileprivate func retrying(after value: String?) -> HTTPAnswer {
    var answer = self
    answer.headers += value.map { [Header(name: "Retry-After", value: $0)] } ?? []
    return answer
  }

  fileprivate func padded(to count: Int) -> HTTPAnswer {
    var answer = self
    let missing = max(0, count - body.count)
    answer.body += [UInt8](repeating: UInt8(ascii: " "), count: missing)
    return answer
  }

  fileprivate var withWrongIDs: HTTPAnswer {
    guard let json = JSONValue(parsing: body) else { return self }
    var answer = self
    answer.body = JSONWriter.bytes(json.withWrongIDs)
    return answer
  }
}

extension JSONValue {
  fileprivate var withWrongIDs: JSONValue {
    switch self {
    case .array(let elements): return .array(elements.map(\.withWrongIDs))
    case .object(var members):
      members = members.mapValues(\.withWrongIDs)
      if let id = members["id"]?.integer { members["id"] = .integer(id + 1) }
      return .object(members)
    default: return self
    }
  }
}
