/// The class of an attempt's result: a row in the table of reactions.
package enum ResponseClass: Hashable, Sendable, CaseIterable {
  case applied
  case notSent
  case untrusted
  case foreign
  case unauthorized
  case forbidden
  case notFound
  case invalid
  case conflict
  case refused
  case limited
  case unknown
}

extension ResponseClass {
  package init(_ attempt: CallResult) {
    switch attempt {
    case .notSent(_, let isUntrusted): self = isUntrusted ? .untrusted : .notSent
    case .rejected(let rejection): self = Self.of(rejection)
    case .applied: self = .applied
    case .unknown(let doubt): self = doubt.kind == .foreign ? .foreign : .unknown
    }
  }

  private static func of(_ rejection: Rejection) -> ResponseClass {
    switch rejection.kind {
    case .unauthorized: .unauthorized
    case .forbidden: .forbidden
    case .notFound: .notFound
    case .refused: .refused
    case .invalid: .invalid
    case .conflict: .conflict
    case .limited: .limited
    }
  }
}
