import Text

/// The formats of `show as`: those of `--output`, plus `record`, which is only for people to read.
package enum ShowForm: Hashable, Sendable {
  case format(ResultFormat)
  case record

  /// Returns the format with this name; `nil` if there is none.
  package init?(_ name: String) {
    if name == Self.recordName {
      self = .record
    } else if let format = ResultFormat(rawValue: name) {
      self = .format(format)
    } else {
      return nil
    }
  }

  private static let recordName = "record"

  /// The names that can follow `show as`.
  package static let names = ResultFormat.allCases.map(\.rawValue) + [recordName]

  /// Returns the rows as text, either empty or ending with a newline.
  package func text(_ set: RowSet, style: TextStyle = .plain, width: Int? = nil) throws(RunError)
    -> String
  {
    switch self {
    case .format(let format): try format.text(set, style: style, width: width)
    case .record: RecordWriter(style: style, width: width).text(set)
    }
  }
}
