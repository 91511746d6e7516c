import API
import JSON
import Language
import Text

/// A record of a data file, and its place for messages.
struct FileRecord {
  let place: RowPlace
  let object: JSON.Object
}

/// A message about how a file was read.
package struct FileNote: Hashable, Sendable {
  package let text: String
  /// `true` iff the message is shown only with `--verbose`.
  package let isDetail: Bool

  init(_ text: String, isDetail: Bool = false) {
    self.text = text
    self.isDetail = isDetail
  }
}

extension FileRecord {
  /// Returns the record as a connection; `nil` if it has no id, or an id of another system such as
  /// `U1`. Throws if the id is a number that no connection can have.
  func connection() throws(DiskError) -> Connection? {
    if let connection = Connection(.object(object)) { return connection }
    guard let id = object["id"], id.looksNumeric else { return nil }
    throw DiskError("\(place): \(id.text) is not an id; ids are whole numbers from 1")
  }

  /// Throws if a member has the name of a field other than `id`, but not the field's type.
  func requireTypes() throws(DiskError) {
    for member in object.members where member.value != .null {
      guard let field = Field.named(member.name), field.origin == .answer, field.name != "id",
        Value(member.value, as: field.type) == nil
      else { continue }
      throw DiskError(
        "\(place): `\(member.name)` is \(member.value.text), which is not of type \(field.type)")
    }
  }
}

extension JSON {
  private static let digits = UInt8(ascii: "0")...UInt8(ascii: "9")

  /// `true` iff the value is a number, or text that looks like one.
  fileprivate var looksNumeric: Bool {
    switch self {
    case .int, .number: true
    case .string(let text):
      text.utf8.contains { Self.digits.contains($0) }
        && text.trimmingBlanks().utf8.allSatisfy {
          Self.digits.contains($0) || "+-.".utf8.contains($0)
        }
    default: false
    }
  }
}
