/// What a pipeline can do to the workspace; a later case is graver.
package enum Effect: Int, Comparable, Sendable, CaseIterable {
  case read
  /// Changes what can be changed back.
  case write
  /// Sends credentials, which the server tests.
  case reauth
  /// Takes something away that cannot be brought back.
  case destructive

  package static func < (lhs: Self, rhs: Self) -> Bool { lhs.rawValue < rhs.rawValue }

  /// `read`, `write`, `reauth` or `destructive`.
  package var name: String { "\(self)" }
}

/// How many rows a pipeline can have at most, as its text alone says.
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
  /// Returns the bound of so many rows, each so many times.
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
