import Language

/// Chooses the columns of a table that fit the terminal, and their widths.
struct ColumnFit {
  /// The indices of the columns that are shown, in order.
  let shown: [Int]
  /// The width of each column that is shown.
  let widths: [Int]
  /// The indices of the columns that are not shown.
  let leftOut: [Int]

  /// The space that a column needs, in terminal columns.
  struct Column {
    /// The width of its widest cell.
    let natural: Int
    /// The minimum width at which it is still useful.
    let least: Int
    /// Columns of higher rank are dropped first; `nil` for one that never is.
    let rank: Int?
    /// `true` iff a long text goes on in the next line instead of being cut.
    var isWrapped = false
  }

  /// The space between two columns.
  static let gap = 2
  /// The minimum width of a text column that must be shown.
  fileprivate static let shortest = 4

  /// Drops columns until the rest have at least their minimum width. The remaining columns share
  /// the width; the widest shrink first. A `width` of `nil` means no limit.
  init(_ columns: [Column], width: Int?) {
    let dropped = width.map { Self.dropped(columns, $0) } ?? []
    let shown = columns.indices.filter { !dropped.contains($0) }
    let room = width.map { $0 - Self.gap * max(0, shown.count - 1) }
    self.shown = shown
    widths = Self.widths(shown.map { columns[$0] }, room)
    leftOut = columns.indices.filter(dropped.contains)
  }

  /// Returns the columns that don't fit, those of the highest rank first.
  private static func dropped(_ columns: [Column], _ width: Int) -> Set<Int> {
    var taken = columns.reduce(-gap) { $0 + $1.least + gap }
    var dropped: Set<Int> = []
    let ranked = columns.indices.filter { columns[$0].rank != nil }
      .sorted { (-(columns[$0].rank ?? 0), $0) < (-(columns[$1].rank ?? 0), $1) }
    for index in ranked where taken > width {
      dropped.insert(index)
      taken -= columns[index].least + gap
    }
    return dropped
  }

  /// Returns the widths of the columns; wrapped ones share what the others leave.
  private static func widths(_ columns: [Column], _ room: Int?) -> [Int] {
    guard let room else { return columns.map(\.natural) }
    let wrapped = columns.filter(\.isWrapped)
    let others = columns.filter { !$0.isWrapped }
    let fixed = shared(others, room - wrapped.reduce(0) { $0 + $1.least })
    let free = shared(wrapped, room - fixed.reduce(0, +))
    var (next, nextWrapped) = (fixed.makeIterator(), free.makeIterator())
    return columns.compactMap { $0.isWrapped ? nextWrapped.next() : next.next() }
  }

  /// Returns the widths of the columns. Their sum is at most `room`, if that is possible at all.
  private static func shared(_ columns: [Column], _ room: Int) -> [Int] {
    guard columns.reduce(0, { $0 + $1.natural }) > room else {
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
    var rest = room - shared.reduce(0, +)
    for index in shared.indices
    where rest > 0 && shared[index] < columns[index].natural && shared[index] == fitting {
      shared[index] += 1
      rest -= 1
    }
    return shared
  }
}

extension ColumnFit {
  /// The columns of a table of whole connections, most important first.
  static let byImportance = [
    "id", "name", "application", "outcome", "reason", "action", "connected", "tags", "folder_id",
    "external_id", "updated_at", "http_status",
  ]

  /// The columns that are never dropped.
  private static let always: Set = ["id", "name", "application", "outcome", "reason"]

  /// The columns that say why. They are never cut: a part of a sentence is of little use.
  static let reasons: Set = ["reason", "connection_lost_reason", "authorization_error"]

  /// The texts that are never cut.
  private static let uncut: Set = ["run"]

  /// Returns the rank of a column: by importance, or by position if the user selected the columns.
  static func rank(of name: String, at index: Int, areWholeConnections: Bool) -> Int? {
    guard areWholeConnections else {
      return index == 0 || name == "id" || reasons.contains(name) ? nil : index
    }
    return always.contains(name) ? nil : byImportance.firstIndex(of: name) ?? byImportance.count
  }

  /// Returns the minimum width of a column: numbers are shown whole, timestamps at least as a date,
  /// texts with a few words. Columns that the user selected are shortened rather than dropped.
  static func least(
    of name: String, _ values: [Value], natural: Int, areWholeConnections: Bool
  ) -> Int {
    let isRigid = uncut.contains(name) || values.contains { $0.int != nil || $0.bool != nil }
    if isRigid { return natural }
    if reasons.contains(name) { return min(natural, sentence) }
    guard areWholeConnections else { return min(natural, shortest) }
    if values.contains(where: { if case .timestamp = $0 { true } else { false } }) {
      return min(natural, 11)
    }
    return min(natural, texts[name] ?? 8)
  }

  private static let texts = ["name": 24, "external_id": 36, "tags": 12]

  /// Returns the room without which a column can't be shown; `nil` for one that needn't be. Numbers and
  /// some texts are never cut, other texts keep a few words.
  static func need(of name: String, natural: Int, isRigid: Bool, areWholeConnections: Bool) -> Int?
  {
    if areWholeConnections, !always.contains(name) { return nil }
    if isRigid || uncut.contains(name) { return natural }
    if reasons.contains(name) { return min(natural, sentence) }
    return min(natural, areWholeConnections ? shortest : fewWords)
  }

  private static let fewWords = 12
  /// The least width of the lines of a sentence.
  private static let sentence = 20
}
