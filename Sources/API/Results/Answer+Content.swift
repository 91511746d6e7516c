import JSON

/// The JSON of an answer to a call that only reads.
extension Answer {
  /// Throws the reason if the answer is not a complete success.
  func content() throws(ClientError) -> JSON {
    try checkStatus()
    let json: JSON
    do {
      json = try JSONParser.parse(body)
    } catch {
      throw .unreadable("\(error.message) at byte \(error.offset)")
    }
    if json["success"] == .bool(false) { throw .refused(message ?? "no reason given") }
    return json
  }

  private func checkStatus() throws(ClientError) {
    if let kind = Rejection.Kind(self) { throw ClientError(kind, message: message) }
    if (300..<400).contains(status) { throw .redirected(to: redirectOrigin) }
    guard isSuccess else { throw .server(status: status, message: message) }
    if isHTML { throw .webPage }
  }
}
