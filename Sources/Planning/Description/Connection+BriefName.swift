import API
import Text

extension Connection {
  /// `36 "Prod JIRA connection"`; a new connection has only the name.
  package static func briefName(_ connection: Connection) -> String {
    let name = connection.name.quoted
    return connection.id < 0 ? "a new \(name)" : "\(connection.id) \(name)"
  }
}
