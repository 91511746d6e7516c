/// Lets only some bodies run at a time: all tests start at once, and each process that they start
/// needs memory and descriptors.
package actor Turns {
  package static let shared = Turns(12)

  private var free: Int
  private var waiting: [CheckedContinuation<Void, Never>] = []

  package init(_ count: Int) { free = count }

  package func take<T: Sendable>(_ body: @Sendable () async throws -> T) async throws -> T {
    if free > 0 { free -= 1 } else { await withCheckedContinuation { waiting.append($0) } }
    defer { if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() } }
    return try await body()
  }
}
