import JSON
import Text

/// Decides how the lists of a run are stored: each once, however often the run gets it, and one that
/// differs little from an earlier list as its differences. A loop that lists a large workspace in
/// each round would otherwise fill the disk.
///
/// A file of differences is a JSON array of rows, in which `[start, count]` refers to that many rows
/// of the base.
struct ListArchive {
  /// The stored lists, by their SHA-256.
  private var stored: [String: RecordedList]
  /// The last complete list of each target, to which later ones are compared.
  private var bases: [String: Base] = [:]
  private var count: Int

  /// `lists` are the ones that the run's journal names.
  init(_ lists: [RecordedList] = []) {
    stored = Dictionary(lists.map { ($0.sha256, $0) }, uniquingKeysWith: { first, _ in first })
    count = lists.count
  }

  /// Returns the record of a list, and the content of its file unless that is stored. `kind` begins
  /// the name of a new file.
  mutating func add(_ rows: [String], _ kind: String, target: String)
    -> (list: RecordedList, content: String?)
  {
    let text = Self.text(rows)
    let digest = Digest.sha256(text.utf8)
    if let list = stored[digest] {
      return (RecordedList(file: list.file, sha256: digest, target: target, base: list.base), nil)
    }
    count += 1
    let name = "\(kind)-\(count).json"
    let differences = bases[target].map { ($0.file, $0.differences(of: rows)) }
    let short = differences.flatMap { $0.1.utf8.count * 2 < text.utf8.count ? $0 : nil }
    let list = RecordedList(file: name, sha256: digest, target: target, base: short?.0)
    stored[digest] = list
    if short == nil { bases[target] = Base(name, rows) }
    return (list, short?.1 ?? text)
  }

  static func text(_ rows: [String]) -> String { "[" + rows.joined(separator: ",") + "]" }

  /// Returns the text of the list that differs from the base as a file of differences says; `nil` if
  /// the files don't fit together.
  static func text(_ differences: [UInt8], of base: [UInt8]) -> String? {
    guard let parts = (try? JSONParser.parse(differences))?.array,
      let rows = (try? JSONParser.parse(base))?.array
    else { return nil }
    var texts: [String] = []
    for part in parts {
      guard let range = part.array else {
        texts.append(part.text)
        continue
      }
      guard let range = rowRange(range, of: rows.count), texts.count <= rows.count + parts.count
      else { return nil }
      texts += rows[range].map(\.text)
    }
    return text(texts)
  }

  private static func rowRange(_ pair: [JSON], of count: Int) -> Range<Int>? {
    guard pair.count == 2, let start = pair[0].int.flatMap(Int.init(exactly:)),
      let length = pair[1].int.flatMap(Int.init(exactly:)), (0...count).contains(start),
      length > 0, length <= count - start
    else { return nil }
    return start..<(start + length)
  }

  /// A complete list in a file.
  private struct Base {
    let file: String
    /// The positions of its rows, by their SHA-256.
    private let positions: [String: Int]

    init(_ file: String, _ rows: [String]) {
      self.file = file
      positions = Dictionary(
        rows.enumerated().map { (Digest.sha256($1.utf8), $0) }, uniquingKeysWith: { $1 })
    }

    func differences(of rows: [String]) -> String {
      var parts: [Part] = []
      for row in rows {
        let position = positions[Digest.sha256(row.utf8)]
        if let position, case .same(let range)? = parts.last, range.upperBound == position {
          parts[parts.count - 1] = .same(range.lowerBound..<(position + 1))
        } else {
          parts.append(position.map { .same($0..<($0 + 1)) } ?? .row(row))
        }
      }
      return ListArchive.text(parts.map(\.text))
    }
  }

  /// A part of a file of differences.
  private enum Part {
    case row(String)
    case same(Range<Int>)

    var text: String {
      switch self {
      case .row(let text): text
      case .same(let range): "[\(range.lowerBound),\(range.count)]"
      }
    }
  }
}
