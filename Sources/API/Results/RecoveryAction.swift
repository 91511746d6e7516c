/// The reaction to an attempt.
package enum RecoveryAction: Hashable, Sendable {
  case done
  /// Retry after a pause, up to this many times.
  case retry(Int)
  /// Rate-limited: retry when allowed, up to this many times.
  case wait(Int)
  /// Check the list; if the call was not applied, send it again, up to this many times.
  case reconcile(Int)
  /// Not done: the row fails, the run continues.
  case fail
  case gone
  case rejected
  /// Not done, and nothing else can be: the run ends.
  case stop
  /// In doubt, and the answer is not from the API: the run ends, after looking for a created connection.
  case abandon
  /// Not done; the run ends if this is the first row or the third such failure in a row.
  case failOrStop
}

extension RecoveryAction {
  /// The reactions by response class; the columns are the cases of ``CallKind``, in order.
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
