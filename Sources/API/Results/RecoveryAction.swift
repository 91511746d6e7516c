/// What is done about an attempt.
package enum RecoveryAction: Hashable, Sendable {
  case done
  /// The call is sent again after a pause, at most so often.
  case retry(Int)
  /// Over the limit: the call is sent again once it may be, at most so often.
  case wait(Int)
  /// The list is asked whether it was done; where it was not, it is sent again at most so often.
  case reconcile(Int)
  /// Not done: the row ends, and the run goes on.
  case fail
  case gone
  case rejected
  /// Not done, and nothing else will be: the run ends.
  case stop
  /// In doubt, and what answers is not the API: the run ends; a create is looked for first.
  case abandon
  /// Not done; the run ends where it is the first row, or the third in a row.
  case failOrStop
}

/// A kind of call, as far as reactions differ.
package enum CallKind: Hashable, Sendable, CaseIterable {
  case list, create, update
  /// An update with `input`: credentials are tested at each attempt.
  case updateInput
  case disconnect, delete
}

extension RecoveryAction {
  /// The reaction to an attempt; the columns are those of ``CallKind``, in its order.
  private static let table: [ResponseClass: [RecoveryAction]] = [
    .applied: [.done, .done, .done, .done, .done, .done],
    .notSent: [.retry(5), .retry(5), .retry(5), .retry(5), .retry(5), .retry(5)],
    .untrusted: [.stop, .stop, .stop, .stop, .stop, .stop],
    .foreign: [.stop, .abandon, .abandon, .abandon, .abandon, .abandon],
    .unauthorized: [.stop, .stop, .stop, .stop, .stop, .stop],
    .forbidden: [.stop, .failOrStop, .failOrStop, .failOrStop, .failOrStop, .failOrStop],
    .notFound: [.stop, .fail, .gone, .gone, .gone, .gone],
    .invalid: [.stop, .fail, .fail, .fail, .fail, .fail],
    .refused: [.stop, .rejected, .rejected, .rejected, .rejected, .rejected],
    .limited: [.wait(8), .wait(8), .wait(8), .wait(8), .wait(8), .wait(8)],
    .unknown: [.retry(3), .reconcile(1), .reconcile(3), .reconcile(1), .retry(3), .retry(3)],
  ]

  package static func to(_ situation: ResponseClass, of call: CallKind) -> RecoveryAction {
    let column = CallKind.allCases.firstIndex(of: call) ?? 0
    return table[situation]?[column] ?? .stop
  }
}

extension WriteCall {
  package var kind: CallKind {
    switch self {
    case .create: .create
    case .update(_, let fields): fields.contains { $0.name == "input" } ? .updateInput : .update
    case .disconnect: .disconnect
    case .delete: .delete
    }
  }
}
