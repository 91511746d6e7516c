/// The maximum number of rows a pipeline can have, as far as its text alone determines it.
package enum RowBound: Hashable, Sendable {
  case atMost(Int)
  case unbounded

  package func limited(to count: Int) -> RowBound {
    switch self {
    case .atMost(let present): .atMost(min(present, count))
    case .unbounded: .atMost(count)
    }
  }
}

extension RowBound {
  /// Returns the product of both bounds: that many rows, each that many times.
  func times(_ other: RowBound) -> RowBound {
    guard case .atMost(let count) = self, case .atMost(let times) = other else { return .unbounded }
    let (product, overflow) = count.multipliedReportingOverflow(by: times)
    return overflow ? .unbounded : .atMost(product)
  }

  package var most: Int? { if case .atMost(let count) = self { count } else { nil } }
}

extension RowBound: CustomStringConvertible {
  package var description: String {
    switch self {
    case .atMost(let count): "≤ \(count)"
    case .unbounded: "unbounded"
    }
  }
}
