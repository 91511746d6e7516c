import API
import Evaluation
import Language

extension RequestBody.Member {
  /// `true` iff the connection has the value already; `nil` where a list does not tell.
  package func isHeld(by connection: Connection) -> Bool? {
    guard let field = Field.named(name), field.origin == .answer, case .json(let wanted) = value,
      let present = try? connection.value(of: field), let value = Value(wanted, as: field.type)
    else { return nil }
    return present == value
  }
}
