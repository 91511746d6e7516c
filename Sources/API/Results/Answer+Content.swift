import JSON

/// The JSON of an answer to a call that only reads.
extension Answer {
  /// Throws the reason if the answer is not a complete success. `isElement` checks the elements of a
  /// list; see ``JSONParser/parse(_:mostValues:isElement:)``.
  func content(isElement: JSONParser.ElementCheck) throws(ClientError) -> JSON {
    try checkStatus()
    let json: JSON
    do {
      json = try JSONParser.parse(body, mostValues: Self.mostValues, isElement: isElement)
    } catch {
      throw .unreadable("\(error.message) at byte \(error.offset)")
    }
    if Answer.success(json) == false { throw .refused(message(json) ?? "no reason given") }
    if let errors = Answer.errors(json) { throw .refused(errors) }
    return json
  }

  /// The most JSON values in an answer, so that memory is bounded: a million take up to 150 MB.
  /// A connection has about 30.
  private static let mostValues = 4_000_000

  private func checkStatus() throws(ClientError) {
    if let longPause { throw longPause }
    if let kind = Rejection.Kind(self) { throw ClientError(kind, message: message) }
    if (300..<400).contains(status) { throw .redirected(to: redirectOrigin) }
    if let requestedPause { throw .unavailable(retryAfter: requestedPause) }
    guard isSuccess else { throw .server(status: status, message: message) }
    if let unknownCoding { throw .unreadable(ClientError.unknownCoding(unknownCoding)) }
    guard Self.complete.contains(status) else {
      throw .unreadable("status \(status) is not a complete answer")
    }
    if isHTML { throw .webPage }
  }

  /// The statuses of an answer that has all that was asked for. Source: RFC 9110, 15.3.
  private static let complete = [200, 201, 203]
}
