import NIOHTTP1

/// Encodes the answer as HTTP/1.1.
extension HTTPAnswer {
  /// The status line and headers, including the empty line.
  func head(at now: Timestamp, keepsAlive: Bool) -> [UInt8] {
    let reason = HTTPResponseStatus(statusCode: status).reasonPhrase
    var lines = ["HTTP/1.1 \(status) \(reason)", "Date: \(now.httpDate)"]
    if hasBody {
      lines += ["Content-Type: \(contentType)", "Content-Length: \(body.count)"]
    }
    lines += headers.map { "\($0.name): \($0.value)" }
    if !keepsAlive { lines.append("Connection: close") }
    return Array((lines + ["", ""]).joined(separator: "\r\n").utf8)
  }

  /// `false` for statuses that have no body in HTTP.
  var hasBody: Bool { status >= 200 && status != 204 && status != 304 }
}
