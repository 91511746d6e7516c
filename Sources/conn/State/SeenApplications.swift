import API
import JSON

/// The applications of the connections that earlier sessions listed, for completion before the first
/// list.
struct SeenApplications {
  private let host: Host
  private let path: String?

  /// Maximum number of applications, and the maximum size of the file in bytes.
  private static let (most, largest) = (500, 1 << 16)

  init(_ host: Host) {
    self.host = host
    path = host.state.path(to: "applications.json")
  }

  /// The applications in order; empty if there is no valid file.
  var names: [String] {
    guard let path, host.disk.isFile(path, noLargerThan: Self.largest),
      let bytes = try? host.disk.readOwn(path), let list = try? JSONParser.parse(bytes)
    else { return [] }
    return (list.array ?? []).compactMap(\.string)
  }

  /// Adds the applications of connections. If the file can't be written, nothing is lost but words
  /// to complete.
  func add(of connections: [Connection]) {
    let known = names
    let all = Set(known).union(connections.compactMap { $0.member("application")?.string })
    guard all.count > known.count, all.count <= Self.most,
      let path = host.state.path(creatingFor: "applications.json")
    else { return }
    let list = JSON.array(all.sorted().map { .string($0) })
    try? host.disk.replace(path, with: Array((list.text + "\n").utf8))
  }
}
