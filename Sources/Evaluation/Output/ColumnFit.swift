import Language

/// Which columns of a table fit a terminal, and how wide they are.
struct ColumnFit {
  /// The places of the columns that are shown, in their order.
  let shown: [Int]
  /// The width of each column that is shown.
  let widths: [Int]
  /// The places of the others.
  let leftOut: [Int]

  /// What a column takes, in columns of the terminal.
  struct Column {
    /// Of its widest cell.
    let natural: Int
    /// Below this it tells nothing any more.
    let least: Int
    /// Columns of higher rank are left out first; `nil` for one that never is.
    let rank: Int?
  }

  /// Between two columns.
  static let gap = 2
  /// What is left of a text that may not be left out.
  fileprivate static let shortest = 4

  /// Columns are left out until the others can be told what they say; these share the width fairly:
  /// the widest give first. A `width` of `nil` is no limit.
  init(_ columns: [Column], width: Int?) {
    var shown = Array(columns.indices)
    func taken(_ size: (Column) -> Int) -> Int {
      shown.reduce(0) { $0 + size(columns[$1]) } + Self.gap * max(0, shown.count - 1)
    }
    if let width {
      while taken(\.least) > width,
        let last = shown.filter({ columns[$0].rank != nil })
          .max(by: { (columns[$0].rank ?? 0) < (columns[$1].rank ?? 0) })
      {
        shown.removeAll { $0 == last }
      }
    }
    let room = width.map { $0 - Self.gap * max(0, shown.count - 1) }
    self.shown = shown
    widths = Self.shared(shown.map { columns[$0] }, room)
    leftOut = columns.indices.filter { !shown.contains($0) }
  }

  /// The columns' widths, which together fill at most the room, where that is possible at all.
  private static func shared(_ columns: [Column], _ room: Int?) -> [Int] {
    guard let room, columns.reduce(0, { $0 + $1.natural }) > room else {
      return columns.map(\.natural)
    }
    let isTight = columns.reduce(0) { $0 + $1.least } > room
    func widths(_ level: Int) -> [Int] {
      columns.map { column in
        let isRigid = column.least == column.natural
        let least = isTight && !isRigid ? min(column.least, shortest) : column.least
        return min(column.natural, max(least, level))
      }
    }
    let fitting = (0...max(0, room)).last { widths($0).reduce(0, +) <= room } ?? 0
    var shared = widths(fitting)
    for place in shared.indices
    where shared.reduce(0, +) < room && shared[place] < columns[place].natural
      && shared[place] == fitting
    {
      shared[place] += 1
    }
    return shared
  }
}

extension ColumnFit {
  /// The columns that a table has of whole connections, the most telling ones first.
  static let byImportance = [
    "id", "name", "application", "outcome", "reason", "action", "connected", "tags", "folder_id",
    "external_id", "updated_at", "http_status",
  ]

  /// Those of them that are never left out.
  private static let always: Set = ["id", "name", "application"]

  /// Returns the rank of a column: by its importance, or by its place where somebody chose it.
  static func rank(of name: String, at place: Int, areWholeConnections: Bool) -> Int? {
    guard areWholeConnections else { return place == 0 || name == "id" ? nil : place }
    return always.contains(name) ? nil : byImportance.firstIndex(of: name) ?? byImportance.count
  }

  /// Returns how much of a column must be seen: numbers whole, of an instant its date, of a text some
  /// words. What somebody chose is rather shortened than left out.
  static func least(
    of name: String, _ values: [Value], natural: Int, areWholeConnections: Bool
  ) -> Int {
    let isRigid = values.contains { $0.int != nil || $0.bool != nil }
    if isRigid { return natural }
    guard areWholeConnections else { return min(natural, shortest) }
    if values.contains(where: { if case .timestamp = $0 { true } else { false } }) {
      return min(natural, 11)
    }
    return min(natural, texts[name] ?? 8)
  }

  private static let texts = ["name": 24, "external_id": 36, "tags": 12, "reason": 16]
}
