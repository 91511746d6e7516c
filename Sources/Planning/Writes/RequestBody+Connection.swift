import API
import Evaluation
import Language

extension RequestBody.Member {
  /// Returns `true` iff the connection already has the value; `nil` if a list doesn't return it.
  package func isHeld(by connection: Connection) -> Bool? {
    guard let field = Field.named(name), field.origin == .answer, case .json(let wanted) = value,
      let present = try? connection.value(of: field), let value = Value(wanted, as: field.type)
    else { return nil }
    return present == value
  }
}
