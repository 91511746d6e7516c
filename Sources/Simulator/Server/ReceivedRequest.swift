/// A request as received by the simulator.
package struct ReceivedRequest: Hashable, Sendable {
  /// A header as sent.
  package struct Header: Hashable, Sendable {
    package let name: String
    package let value: String
  }

  package let method: String
  /// The target of the request line, byte for byte.
  package let uri: String
  package let headers: [Header]
  /// The body; empty if it exceeded the size limit.
  package let body: [UInt8]
  package let bodyIsTooLarge: Bool
  /// Arrival of its last byte, on the simulator's clock.
  package let arrival: Duration

  /// The value of the first header with this name, ignoring case.
  package func header(_ name: String) -> String? {
    headers.first { $0.name.lowercased() == name.lowercased() }?.value
  }

  /// The body as text; bytes that are not UTF-8 are replaced.
  package var text: String { String(decoding: body, as: UTF8.self) }
}
