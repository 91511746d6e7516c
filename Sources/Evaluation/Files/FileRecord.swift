import API
import JSON
import Language
import Text

/// A record of a data file, and its place for messages: the file with its line or element.
struct FileRecord {
  let place: String
  let object: JSON.Object
}

/// Something to tell about a file that was read.
package struct FileNote: Hashable, Sendable {
  package let text: String
  /// `true` iff only somebody who asks for details wants to know.
  package let isDetail: Bool

  init(_ text: String, isDetail: Bool = false) {
    self.text = text
    self.isDetail = isDetail
  }
}

extension FileRecord {
  /// The connection that the record stands for; `nil` if it has no id, or one of another kind.
  /// Throws for a number that is no id of a connection.
  func connection() throws(DiskError) -> Connection? {
    if let connection = Connection(.object(object)) { return connection }
    guard let id = object["id"], id.looksNumeric else { return nil }
    throw DiskError("\(place): \(id.text) is not an id; ids are whole numbers from 1")
  }

  /// Throws if a member other than `id` has the name of a field, and not its type.
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

  /// `true` for a number, and for text that is one.
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
