import Text

/// The forms that `show as` knows: those of `--output`, which programs read, and `record`, which is
/// for persons alone.
package enum ShowForm: Hashable, Sendable {
  case format(ResultFormat)
  case record

  /// Returns the form of this name.
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

  /// What can stand behind `show as`.
  package static let names = ResultFormat.allCases.map(\.rawValue) + [recordName]

  /// Returns the rows as text; empty or ending with a newline.
  package func text(_ set: RowSet, style: TextStyle = .plain, width: Int? = nil) throws(RunError)
    -> String
  {
    switch self {
    case .format(let format): try format.text(set, style: style, width: width)
    case .record: RecordWriter(style: style, width: width).text(set)
    }
  }
}
