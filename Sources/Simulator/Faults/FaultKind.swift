/// A kind of fault, as named by `play` in a faults file, with its specific members.
struct FaultKind {
  let name: String
  let keys: [String]
  let play: @Sendable (DataFileEntry) throws(EntryProblem) -> FaultBehavior

  private init(
    _ name: String, _ keys: [String] = [],
    play: @escaping @Sendable (DataFileEntry) throws(EntryProblem) -> FaultBehavior
  ) {
    self.name = name
    self.keys = keys
    self.play = play
  }

  static let all: [FaultKind] = [
    FaultKind("status", ["status", "body", "retry_after"], play: status),
    FaultKind("reset") { _ in .reset },
    FaultKind("close") { _ in .close },
    FaultKind("truncate") { _ in .truncate },
    FaultKind("garbage") { _ in .garbage },
    FaultKind("sign-in-page") { _ in .signInPage },
    FaultKind("hang") { _ in .hang },
    FaultKind("slow", ["milliseconds"], play: slow),
    FaultKind("drip") { _ in .drip },
    FaultKind("redirect", ["status", "location"], play: redirect),
    FaultKind("wrong-id") { _ in .wrongID },
    FaultKind("oversize", ["bytes"], play: oversize),
    FaultKind("refuse", ["status"], play: refuse),
    FaultKind("rate-limit", ["retry_after", "retry_after_date"], play: rateLimit),
    FaultKind("empty") { _ in .empty },
    FaultKind("pages", ["size", "next"], play: pages),
  ]

  private static let statuses: ClosedRange<Int64> = 200...599

  private static func status(_ entry: DataFileEntry) throws(EntryProblem) -> FaultBehavior {
    guard let status = try entry.integer("status", in: statuses) else { throw .missing("status") }
    return .status(
      Int(status), body: try entry.string("body"), retryAfter: try retryAfter(entry))
  }

  private static func slow(_ entry: DataFileEntry) throws(EntryProblem) -> FaultBehavior {
    let limits: ClosedRange<Int64> = 0...86_400_000
    guard let time = try entry.integer("milliseconds", in: limits) else {
      throw .missing("milliseconds")
    }
    return .slow(milliseconds: time)
  }

  private static func redirect(_ entry: DataFileEntry) throws(EntryProblem) -> FaultBehavior {
    .redirect(
      status: Int(try entry.integer("status", in: 300...399) ?? 302),
      location: try entry.string("location") ?? FaultBehavior.elsewhere)
  }

  private static func oversize(_ entry: DataFileEntry) throws(EntryProblem) -> FaultBehavior {
    try entry.integer("bytes", in: 1...(1 << 30)).map { .oversize(bytes: Int($0)) } ?? .oversize()
  }

  private static func refuse(_ entry: DataFileEntry) throws(EntryProblem) -> FaultBehavior {
    .refuse(status: try entry.integer("status", in: statuses).map { Int($0) })
  }

  private static func pages(_ entry: DataFileEntry) throws(EntryProblem) -> FaultBehavior {
    guard let size = try entry.integer("size", in: 1...1_000_000) else { throw .missing("size") }
    guard let name = try entry.string("next") else { return .pages(size: Int(size)) }
    guard let next = FaultBehavior.NextLink(rawValue: name) else {
      let names = FaultBehavior.NextLink.allCases.map(\.rawValue).joined(separator: ", ")
      throw EntryProblem(text: "unknown \"next\": \"\(name)\"; known: \(names)")
    }
    return .pages(size: Int(size), next: next)
  }

  /// Reads a 429. `retry_after` is the header's value, in seconds or any text; `retry_after_date` is the
  /// number of seconds until a date.
  private static func rateLimit(_ entry: DataFileEntry) throws(EntryProblem) -> FaultBehavior {
    if let seconds = try entry.integer("retry_after_date", in: -86_400...86_400) {
      return .rateLimitUntil(seconds: seconds)
    }
    return .rateLimit(retryAfter: try retryAfter(entry))
  }

  private static func retryAfter(_ entry: DataFileEntry) throws(EntryProblem) -> String? {
    if let seconds = entry.members["retry_after"]?.integer { return String(seconds) }
    return try entry.string("retry_after")
  }
}

extension EntryProblem {
  fileprivate static func missing(_ key: String) -> EntryProblem {
    EntryProblem(text: "has no \"\(key)\"")
  }
}
