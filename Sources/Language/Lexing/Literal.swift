/// A value written in a script.
package enum Literal: Hashable, Sendable {
  case null
  case bool(Bool)
  case int(Int64)
  case string(String)
  indirect case timestamp(Timestamp)
  case duration(TimeSpan)
}
