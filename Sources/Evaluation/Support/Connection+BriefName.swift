import API
import Text

extension Connection {
  /// Returns `36 "Prod JIRA connection"`, or `a new "…"` for one that has no id yet.
  package static func briefName(_ connection: Connection) -> String {
    let name = connection.name.quoted
    return connection.id < 0 ? "a new \(name)" : "\(connection.id) \(name)"
  }

  /// Returns `the connection 36 "Prod JIRA connection"`, or `the new connection "…"`.
  package static func definiteName(_ connection: Connection) -> String {
    connection.id < 0
      ? "the new connection \(connection.name.quoted)" : "the connection \(briefName(connection))"
  }
}
