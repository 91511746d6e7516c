/// A request as it reached the simulator.
package struct ReceivedRequest: Hashable, Sendable {
  /// A header as it was sent.
  package struct Header: Hashable, Sendable {
    package let name: String
    package let value: String
  }

  package let method: String
  /// The target of the request line, byte for byte.
  package let uri: String
  package let headers: [Header]
  /// Empty where it was larger than the simulator takes.
  package let body: [UInt8]
  package let bodyIsTooLarge: Bool
  /// When its last byte came, on the simulator's clock.
  package let arrival: Duration

  /// The value of the first header of that name, in any case.
  package func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }

  /// The body as text; bytes that are not UTF-8 are replaced.
  package var text: String { String(decoding: body, as: UTF8.self) }
}
