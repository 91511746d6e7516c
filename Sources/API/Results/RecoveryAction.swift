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
  package static func to(_ response: ResponseClass, of call: CallKind) -> RecoveryAction {
    reactions(to: response)[call]
  }

  /// The table: a row for each class of response, a column for each kind of call.
  private static func reactions(to response: ResponseClass) -> Reactions {
    switch response {
    // list, create, update, updateInput, disconnect, delete, tag
    case .applied: Reactions(.done, .done, .done, .done, .done, .done, .done)
    case .notSent:
      Reactions(.retry(5), .retry(5), .retry(5), .retry(5), .retry(5), .retry(5), .retry(5))
    case .untrusted: Reactions(.stop, .stop, .stop, .stop, .stop, .stop, .stop)
    case .foreign: Reactions(.stop, .abandon, .abandon, .abandon, .abandon, .abandon, .abandon)
    case .unauthorized: Reactions(.stop, .stop, .stop, .stop, .stop, .stop, .stop)
    case .forbidden:
      Reactions(
        .stop, .failOrStop, .failOrStop, .failOrStop, .failOrStop, .failOrStop, .failOrStop)
    // A call for tags names many connections, so none of them is known to be gone.
    case .notFound: Reactions(.stop, .fail, .gone, .gone, .gone, .gone, .fail)
    case .invalid: Reactions(.stop, .fail, .fail, .fail, .fail, .fail, .fail)
    // What a create would make may have been made by an earlier attempt.
    case .conflict: Reactions(.stop, .reconcile(0), .fail, .fail, .fail, .fail, .fail)
    case .refused:
      Reactions(.stop, .rejected, .rejected, .rejected, .rejected, .rejected, .rejected)
    case .limited: Reactions(.wait(8), .wait(8), .wait(8), .wait(8), .wait(8), .wait(8), .wait(8))
    case .unknown:
      Reactions(
        .retry(3), .reconcile(1), .reconcile(3), .reconcile(1), .retry(3), .retry(3),
        .reconcile(3))
    }
  }
}

/// A row of the table. A kind of call without a cell doesn't compile.
private struct Reactions {
  let list, create, update, updateInput, disconnect, delete, tag: RecoveryAction

  init(
    _ list: RecoveryAction, _ create: RecoveryAction, _ update: RecoveryAction,
    _ updateInput: RecoveryAction, _ disconnect: RecoveryAction, _ delete: RecoveryAction,
    _ tag: RecoveryAction
  ) {
    (self.list, self.create, self.update) = (list, create, update)
    (self.updateInput, self.disconnect, self.delete) = (updateInput, disconnect, delete)
    self.tag = tag
  }

  subscript(call: CallKind) -> RecoveryAction {
    switch call {
    case .list: list
    case .create: create
    case .update: update
    case .updateInput: updateInput
    case .disconnect: disconnect
    case .delete: delete
    case .tag: tag
    }
  }
}
