/// The lines in which two texts differ, with a few around them, as `diff -u` shows them.
package struct TextDifference {
  private enum Line {
    case same(String)
    case removed(String)
    case added(String)

    var isChange: Bool { if case .same = self { false } else { true } }

    var text: String {
      switch self {
      case .same(let line): " " + line
      case .removed(let line): "-" + line
      case .added(let line): "+" + line
      }
    }
  }

  /// Number of unchanged lines shown before and after a change.
  private static let context = 3

  private let lines: [Line]

  package init(from old: String, to new: String) {
    lines = Self.lines(from: Self.split(old), to: Self.split(new))
  }

  /// The difference as text; empty if there is none.
  package var text: String { hunks.map(text).joined(separator: "\n") }

  // MARK: The lines

  /// Splits a text into lines without their newlines. If the last line has no newline, it is marked
  /// with `␄`.
  private static func split(_ text: String) -> [String] {
    var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .map { visible(Substring($0)) }
    if lines.last == "" { lines.removeLast() } else { lines[lines.count - 1] += "␄" }
    return lines
  }

  /// Makes control characters and a trailing blank visible.
  private static func visible(_ line: Substring) -> String {
    let shown = line.unicodeScalars.map { scalar in
      scalar.properties.generalCategory == .control ? scalar.escaped(asASCII: true) : "\(scalar)"
    }.joined()
    return shown.last == " " ? shown.dropLast() + "␠" : shown
  }

  private static func lines(from old: [String], to new: [String]) -> [Line] {
    let difference = new.difference(from: old)
    var removed: [Int: String] = [:]
    var added: [Int: String] = [:]
    for change in difference {
      switch change {
      case .remove(let index, let line, _): removed[index] = line
      case .insert(let index, let line, _): added[index] = line
      }
    }
    var lines: [Line] = []
    var index = (old: 0, new: 0)
    while index.old < old.count || index.new < new.count {
      if let line = removed[index.old] {
        lines.append(.removed(line))
        index.old += 1
      } else if let line = added[index.new] {
        lines.append(.added(line))
        index.new += 1
      } else {
        lines.append(.same(old[index.old]))
        index = (index.old + 1, index.new + 1)
      }
    }
    return lines
  }

  // MARK: The hunks

  /// The ranges of lines to show. Changes that are close together share one range.
  private var hunks: [Range<Int>] {
    var hunks: [Range<Int>] = []
    for index in lines.indices where lines[index].isChange {
      let start = max(0, index - Self.context)
      let end = min(lines.count, index + Self.context + 1)
      if let last = hunks.last, start <= last.upperBound {
        hunks[hunks.count - 1] = last.lowerBound..<end
      } else {
        hunks.append(start..<end)
      }
    }
    return hunks
  }

  private func text(_ hunk: Range<Int>) -> String {
    let before = lines[..<hunk.lowerBound]
    let old = before.count { if case .added = $0 { false } else { true } }
    let new = before.count { if case .removed = $0 { false } else { true } }
    let shown = lines[hunk].map(\.text)
    return (["@@ line \(old + 1), now \(new + 1) @@"] + shown).joined(separator: "\n")
  }
}
