import Foundation
import Glibc
import Synchronization

/// A server that may repeat in every part of its answers whatever secrets it has received.
final class EchoServer: Sendable {
  /// The answer to the calls that a fault concerns.
  enum Fault: String, CaseIterable, Sendable {
    case none, unauthorized, forbidden, notFound, invalid, refused, errors, redirect, webPage,
      malformed, truncated, empty, accepted, serverError, tooMany, reset, silence
  }

  let url: String
  private let socket: Int32
  private let sentinels: [Sentinel]
  private let echoes: Bool
  private let fault: Fault
  /// `true` iff the fault concerns lists, not writes.
  private let failsLists: Bool
  private let requests = Mutex<[[UInt8]]>([])

  /// With `echoes`, it repeats the sentinels that it has received.
  init(_ sentinels: [Sentinel], echoes: Bool, fault: Fault = .none, failsLists: Bool = false) throws
  {
    (self.sentinels, self.echoes, self.fault, self.failsLists) = (
      sentinels, echoes, fault, failsLists
    )
    socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
    url = "http://127.0.0.1:\(try Self.listen(on: socket))"
    Thread.detachNewThread { [self] in accept() }
  }

  /// Binds the socket to a free port, which it returns.
  private static func listen(on socket: Int32) throws -> UInt16 {
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let listens = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(socket, $0, size) == 0 && getsockname(socket, $0, &size) == 0
          && Glibc.listen(socket, 64) == 0
      }
    }
    guard listens else { throw CocoaError(.fileWriteUnknown) }
    return UInt16(bigEndian: address.sin_port)
  }

  func stop() { shutdown(socket, Int32(SHUT_RDWR)) }

  /// All requests so far, as they arrived.
  var log: [[UInt8]] { requests.withLock { $0 } }

  private func accept() {
    while true {
      let connection = Glibc.accept(socket, nil, nil)
      if connection < 0 { break }
      Thread.detachNewThread { [self] in serve(connection) }
    }
    close(socket)
  }

  private func serve(_ connection: Int32) {
    defer { close(connection) }
    guard let request = read(connection) else { return }
    requests.withLock { $0.append(request) }
    let text = String(decoding: request, as: UTF8.self)
    let isList = text.hasPrefix("GET")
    let answer = isList == failsLists && fault != .none ? failure(connection) : success(text)
    guard let answer else { return }
    let bytes = Array(answer.utf8)
    _ = bytes.withUnsafeBytes {
      send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
    }
  }

  private func read(_ connection: Int32) -> [UInt8]? {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = recv(connection, &buffer, buffer.count, 0)
      if count <= 0 { return nil }
      bytes += buffer[..<count]
      guard let end = bytes.firstRange(of: Array("\r\n\r\n".utf8)) else { continue }
      let head = String(decoding: bytes[..<end.lowerBound], as: UTF8.self).lowercased()
      let length = head.firstMatch(of: /content-length: (\d+)/).flatMap { Int($0.1) } ?? 0
      if bytes.count >= end.upperBound + length { return bytes }
    }
  }

  // MARK: Echoes

  /// The sentinels that have arrived, in every encoding, as text.
  private var echo: String {
    guard echoes else { return "nothing" }
    let received = log.joined()
    return sentinels.filter { sentinel in
      sentinel.forms.prefix(3).contains { received.contains($0) }
    }.flatMap { Self.echoed($0) }.joined(separator: " ")
  }

  /// The encodings that the program promises to mask.
  private static func echoed(_ sentinel: Sentinel) -> [String] {
    let text = sentinel.text
    let percent = Array(text.utf8).map { String(format: "%%%02X", $0) }.joined()
    let base64 = (0..<3).map {
      Data(Array("user:".utf8.prefix($0)) + Array(text.utf8)).base64EncodedString()
    }
    return [text, json(text), percent, percent.lowercased(), "x\(text)y"] + base64
  }

  private static func json(_ text: String) -> String {
    let data = try? JSONSerialization.data(withJSONObject: [text])
    return String(String(decoding: data ?? Data(), as: UTF8.self).dropFirst(2).dropLast(2))
  }

  // MARK: Answers

  private func answer(_ status: String, _ body: String, _ headers: String = "", length: Int? = nil)
    -> String
  {
    let header = Self.headerSafe(echo)
    return "HTTP/1.1 \(status)\r\nContent-Type: application/json\r\nX-Echo: \(header)\r\n\(headers)"
      + "Connection: close\r\nContent-Length: \(length ?? body.utf8.count)\r\n\r\n\(body)"
  }

  private static func headerSafe(_ text: String) -> String {
    String(text.unicodeScalars.filter { $0.isASCII && $0.value >= 0x20 })
  }

  private func object(_ members: [String: Any]) -> String {
    let data = try? JSONSerialization.data(withJSONObject: members, options: [.fragmentsAllowed])
    return String(decoding: data ?? Data(), as: UTF8.self)
  }

  private func row(_ id: Int) -> [String: Any] {
    [
      "id": id, "name": id == 38 ? "Row 38 \(echo)" : "Row \(id)", "application": "jira",
      "description": echo, "authorization_status": "success", "authorization_error": echo,
      "external_id": NSNull(), "folder_id": 1, "parent_id": NSNull(), "tags": ["tag-x"],
      "created_at": "2026-01-01T00:00:00.000Z", "updated_at": "2026-01-01T00:00:00.000Z",
      "connection_lost_reason": echo, "echo": ["list": [echo], "n": ["deep": echo], echo: 1],
    ]
  }

  private func success(_ request: String) -> String {
    let line = request.prefix { $0 != "\r" && $0 != "\r\n" }
    if line.hasPrefix("GET") {
      return line.contains("/api/tags")
        ? answer("200 OK", array([["handle": "tag-x", "title": "X \(echo)"]]))
        : answer("200 OK", array([36, 37, 38].map(row)))
    }
    if line.contains("disconnect") {
      return answer("200 OK", object(["success": true, "status": "disconnected", "message": echo]))
    }
    if line.hasPrefix("DELETE") {
      return answer("200 OK", object(["success": true, "status": "deleted", "message": echo]))
    }
    if line.contains("tags_assignments") { return answer("200 OK", object(["message": echo])) }
    let id = line.firstMatch(of: #/connections/(\d+)/#).flatMap { Int($0.1) } ?? 99
    return answer("200 OK", object(row(id)))
  }

  private func array(_ values: [Any]) -> String {
    let data = try? JSONSerialization.data(withJSONObject: values)
    return String(decoding: data ?? Data(), as: UTF8.self)
  }

  private func failure(_ connection: Int32) -> String? {
    let message = object(["message": echo, "id": echo, "errors": ["input": [echo]], "title": echo])
    switch fault {
    case .none: return nil
    case .unauthorized: return answer("401 Unauthorized", message)
    case .forbidden: return answer("403 Forbidden", message)
    case .notFound: return answer("404 Not Found", message)
    case .invalid: return answer("422 Unprocessable", message)
    case .refused:
      return answer("200 OK", object(["success": false, "status": "rejected", "message": echo]))
    case .errors: return answer("200 OK", object(["errors": [["code": echo, "title": echo]]]))
    case .redirect:
      return answer(
        "302 Found", message,
        "Location: https://\(Self.headerSafe(echo)).example/\(Self.headerSafe(echo))\r\n")
    case .webPage: return answer("200 OK", "<html>\(echo)</html>")
    case .malformed: return answer("200 OK", "[{\"id\": 1, \"\(Self.json(echo))\": \(echo)")
    case .truncated: return answer("200 OK", message, length: message.utf8.count + 100)
    case .empty: return answer("200 OK", "")
    case .accepted: return answer("202 Accepted", message)
    case .serverError: return answer("500 Server Error", message)
    case .tooMany: return answer("429 Too Many", message, "Retry-After: 1\r\n")
    case .reset: return nil
    case .silence:
      sleep(5)
      return nil
    }
  }
}
