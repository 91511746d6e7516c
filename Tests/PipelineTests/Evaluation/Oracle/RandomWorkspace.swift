import API
import JSON
import TestSupport
import Text

/// A random workspace in which rare cases are common: null in every nullable field, equal and
/// nearly equal values, odd texts.
struct RandomWorkspace: Sendable {
  /// The connections as the API would return them.
  let rows: [JSON]
  /// The texts of names, descriptions and the like.
  let texts: [String]
  let tags: [String]
  /// The instants of all rows, as they are written there.
  let instants: [String]
  let folders: [Int64]
  let ids: [Int64]

  static let applications = ["jira", "Jira", "JIRA", "salesforce", "google_sheets", "slack", ""]
  static let statuses = ["success", "success", "failed", "exception"]

  /// The fields by type; `provider` is the other name of `application`.
  static let textFields = [
    "name", "application", "provider", "description", "authorization_status",
    "authorization_error", "external_id", "connection_lost_reason",
  ]
  /// The text fields whose values are of ASCII.
  static let plainFields: Set = ["application", "provider", "authorization_status"]
  static let numberFields = ["folder_id", "parent_id", "project_id"]
  static let instantFields = ["created_at", "updated_at", "authorized_at", "connection_lost_at"]
  /// Numbers of a member that the schema doesn't know; some are equal and written differently.
  static let scores = [
    "0.95", "0.950", "9.5e-1", "1", "1.0", "1e0", "10E-1", "0", "-0.0", "0e7", "-0.5", "-1", "1e2",
    "100", "100.00", "42.0", "4515.5", "28940", "1e-300", "2e300", "-2e300", "0.1", "0.3",
  ]

  init(rows count: Int, _ random: inout SplitMix64) {
    var maker = Maker(random)
    ids = maker.ids(count)
    rows = ids.map { maker.row($0) }
    texts = maker.texts
    tags = maker.tags
    folders = maker.folders
    instants = rows.flatMap { row in Self.instantFields.compactMap { row[$0]?.string } }
    random = maker.random
  }

  /// The answer of the list call.
  var json: String { JSON.array(rows).text }

  /// The connections as the client reads them from that answer.
  var connections: [Connection] {
    get throws {
      let answer = try JSONParser.parse(Array(json.utf8))
      return (answer.array ?? []).compactMap { Connection($0) }
    }
  }
}

/// Draws the rows of a workspace.
private struct Maker {
  var random: SplitMix64
  let texts: [String]
  let tags: [String]
  let folders: [Int64] = [0, 1, 42, 4515, 4516, 28940]
  private let instants: [RandomInstant]

  init(_ random: SplitMix64) {
    var random = random
    texts = RandomText.pool(14, &random)
    tags = RandomText.pool(4, &random) + ["prod", "tag-ANgeffPL-3gxQwA"]
    instants = RandomInstant.pool(12, &random)
    self.random = random
  }

  /// Returns different ids: small ones, such as need 33 bits, and up to 2⁵³ − 1.
  mutating func ids(_ count: Int) -> [Int64] {
    let starts: [Int64] = [1, 36, 5_000_000_000, 9_007_199_254_740_991 - 50]
    var ids: Set<Int64> = [9_007_199_254_740_991]
    while ids.count < count { ids.insert(random.pick(starts) + Int64(random.number(in: 0...50))) }
    return ids.sorted().shuffled(using: &random)
  }

  mutating func row(_ id: Int64) -> JSON {
    let members: [(String, JSON)] = [
      ("id", .int(id)), ("name", text()), ("application", application()),
      ("created_at", instant()), ("updated_at", instant()), ("tags", tagList()),
    ]
    return .object(JSON.Object(members + nullables()))
  }

  /// The members that may be null; some rows lack some.
  private mutating func nullables() -> [(String, JSON)] {
    let values: [(String, JSON)] = [
      ("description", text()), ("authorized_at", instant()),
      ("authorization_status", .string(random.pick(RandomWorkspace.statuses))),
      ("authorization_error", text()), ("external_id", externalID()), ("folder_id", folder()),
      ("connection_lost_at", instant()), ("connection_lost_reason", text()),
      ("parent_id", folder()), ("project_id", folder()), ("score", score()),
    ]
    return values.filter { _ in random.chance(93) }
      .map { ($0.0, random.chance(25) ? .null : $0.1) }
  }

  private mutating func text() -> JSON { .string(random.pick(texts)) }

  private mutating func application() -> JSON {
    .string(random.pick(RandomWorkspace.applications))
  }

  private mutating func instant() -> JSON { .string(random.pick(instants).text(&random)) }

  /// A number in most rows, and its digits in some.
  private mutating func folder() -> JSON {
    let folder = random.pick(folders)
    return random.chance(85) ? .int(folder) : .string(String(folder))
  }

  private mutating func score() -> JSON {
    let lexeme = random.pick(RandomWorkspace.scores)
    return Int64(lexeme).map(JSON.int) ?? .number(lexeme)
  }

  private mutating func externalID() -> JSON {
    random.chance(40) ? .int(random.pick(folders)) : text()
  }

  private mutating func tagList() -> JSON {
    if random.chance(25) { return .null }
    return .array((0..<random.number(in: 0...3)).map { _ in .string(random.pick(tags)) })
  }
}
