import API
import JSON
import Language

extension Value {
  /// A key that is equal iff the values are.
  package var keyBytes: [UInt8] {
    let text =
      switch expanded {
      case .null: "z"
      case .bool(let value): value ? "b1" : "b0"
      case .int(let value): "n\(value)"
      case .string(let value): JSON.string(value).text
      case .timestamp(let instant): "t\(instant.microseconds)"
      case .duration(let span): "d\(span.microseconds)"
      case .json: number.map { "n\($0.canonical)" } ?? ""
      case .secret(let reference): "s" + JSON.string(reference.description).text
      case .list, .record: ""
      }
    return Array((text + ",").utf8) + partBytes
  }

  private var partBytes: [UInt8] {
    switch expanded {
    case .list(let values): Array("[".utf8) + values.flatMap(\.keyBytes) + Array("]".utf8)
    case .record(let members):
      Array("{".utf8) + members.flatMap { Value.string($0.name).keyBytes + $0.value.keyBytes }
        + Array("}".utf8)
    default: []
    }
  }
}
