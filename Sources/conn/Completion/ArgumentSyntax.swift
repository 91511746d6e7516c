import JSON
import Text

/// An argument or option of a command, as the command's help describes it.
struct ArgumentSyntax: Hashable {
  let kind: Kind
  /// The spellings with their dashes; none for a positional argument.
  let names: [String]
  /// The name of the value in the usage, such as `script`.
  let valueName: String
  let summary: String
  /// All values, if there are only a few.
  let values: [String]
  let defaultValue: String?
  let isOptional: Bool
  let isRepeating: Bool

  enum Kind: String { case positional, option, flag }

  /// Source: swift-argument-parser, `ArgumentInfoV0`.
  init(_ json: JSON) {
    kind = json["kind"]?.string.flatMap(Kind.init) ?? .flag
    names = (json["names"]?.array ?? []).map { name in
      (name["kind"] == .string("short") ? "-" : "--") + (name["name"]?.string ?? "")
    }
    valueName = json["valueName"]?.string ?? ""
    summary = json["abstract"]?.string ?? ""
    values = (json["allValues"]?.array ?? []).compactMap(\.string)
    defaultValue = json["defaultValue"]?.string
    isOptional = json["isOptional"] == .bool(true)
    isRepeating = json["isRepeating"] == .bool(true)
  }
}

extension ArgumentSyntax {
  /// The long name, or else the short one.
  var longName: String? { names.first { $0.hasPrefix("--") } ?? names.first }

  /// The first sentence of the summary, without its full stop.
  var title: String {
    let end = summary.firstRange(of: ". ")?.lowerBound ?? summary.endIndex
    return String(summary[..<end]).trimming { $0 == "." }
  }
}
