import JSON

/// A part of a request's body that knows how much of it may be shown.
package indirect enum RequestBody: Hashable, Sendable {
  case json(JSON)
  case object([Member])
  case array([RequestBody])
  /// A value that may be a credential: sent as is, shown as `‹hidden›`.
  case confidential(JSON)
  /// A secret: its value is sent, its reference is shown.
  case secret(SecretReference)

  package struct Member: Hashable, Sendable {
    package let name: String
    package let value: RequestBody

    package init(_ name: String, _ value: RequestBody) {
      self.name = name
      self.value = value
    }
  }

  /// The body as it may be shown.
  package var shown: JSON {
    switch self {
    case .json(let value): value
    case .object(let members): .object(JSON.Object(members.map { ($0.name, $0.value.shown) }))
    case .array(let values): .array(values.map(\.shown))
    case .confidential: .string("‹hidden›")
    case .secret(let reference): .string("‹secret \(reference)›")
    }
  }

  /// The secrets that the body refers to.
  package var secrets: Set<SecretReference> {
    switch self {
    case .json, .confidential: []
    case .object(let members): members.reduce(into: []) { $0.formUnion($1.value.secrets) }
    case .array(let values): values.reduce(into: []) { $0.formUnion($1.secrets) }
    case .secret(let reference): [reference]
    }
  }

  /// The texts in confidential parts, each with the name that it is assigned to.
  package var confidentialTexts: [(name: String, text: String)] { confidentialTexts(of: "") }

  private func confidentialTexts(of name: String) -> [(name: String, text: String)] {
    switch self {
    case .confidential(let value): value.string.map { [(name, $0)] } ?? []
    case .array(let values): values.flatMap { $0.confidentialTexts(of: name) }
    case .object(let members): members.flatMap { $0.value.confidentialTexts(of: $0.name) }
    case .json, .secret: []
    }
  }

  /// The body as it is sent, or `nil` if a secret has not been read.
  package func sent(with secrets: Secrets) -> JSON? {
    switch self {
    case .json(let value), .confidential(let value): value
    case .secret(let reference): secrets.value(of: reference).map(JSON.string)
    case .array(let values): Self.all(values.map { $0.sent(with: secrets) }).map(JSON.array)
    case .object(let members):
      Self.all(members.map { member in member.value.sent(with: secrets).map { (member.name, $0) } })
        .map { .object(JSON.Object($0)) }
    }
  }

  private static func all<T>(_ values: [T?]) -> [T]? {
    let present = values.compactMap { $0 }
    return present.count == values.count ? present : nil
  }
}
