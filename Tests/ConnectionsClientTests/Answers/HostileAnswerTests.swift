import AsyncHTTPClient
import Foundation
import NIOCore
import Testing

@testable import API
@testable import ConnectionsClient

/// Answers, byte for byte, that no proper server sends. None of them may end the program.
@Suite struct HostileAnswerTests {
  /// Sends a list to a server that answers with these bytes.
  private func answer(
    to bytes: [UInt8], again: String? = nil, timeout: Duration = .seconds(1_200)
  ) async throws -> Result<Answer, TransportFailure> {
    let server = try await RawServer(bytes, again: again.map { Array($0.utf8) })
    let client = HTTPTransport.makeClient()
    let transport = HTTPTransport(
      client: client, server: try ServerAddress(server.url), token: try APIToken("wrk-1"),
      timeout: timeout)
    let result: Result<Answer, TransportFailure>
    do { result = .success(try await transport.send(.list(ListQuery()))) } catch {
      result = .failure(error)
    }
    try await client.shutdown()
    try await server.stop()
    return result
  }

  private func answer(
    to text: String, again: String? = nil, timeout: Duration = .seconds(1_200)
  ) async throws -> Result<Answer, TransportFailure> {
    try await answer(to: Array(text.utf8), again: again, timeout: timeout)
  }

  private func label(_ result: Result<Answer, TransportFailure>) -> String {
    switch result {
    case .success(let answer): "\(answer.status) " + String(decoding: answer.body, as: UTF8.self)
    case .failure(let failure): failure.reason
    }
  }

  // MARK: Status lines

  @Test(arguments: [
    ("HTTP/1.1 000 X", "the answer is not HTTP"), ("HTTP/1.1 001 X", "the answer is not HTTP"),
    ("HTTP/1.1 099 X", "the answer is not HTTP"), ("HTTP/1.1 00 X", "the answer is not HTTP"),
    ("HTTP/1.1 101 Switching", "the answer is not HTTP"),
    ("HTTP/1.1 -200 X", "the answer is not HTTP"), ("HTTP/1.1 +20 X", "the answer is not HTTP"),
    ("HTTP/1.1 99999999999999999999 X", "the answer is not HTTP"),
    ("HTTP/1.1 200 OK", "200 []"), ("HTTP/1.1 200 ", "200 []"), ("HTTP/1.1 999 X", "999 []"),
    ("HTP/1.1 200 OK", "the answer is not HTTP"), ("", "the answer is not HTTP"),
  ])
  func readsStatusLines(_ line: String, _ expected: String) async throws {
    let result = try await answer(to: "\(line)\r\nContent-Length: 2\r\n\r\n[]")
    #expect(label(result) == expected)
  }

  @Test(arguments: ["-1", "99999999999999999999", "0x2", "+2", "2, 3", "two", "1e1"])
  func refusesOtherLengths(_ length: String) async throws {
    let result = try await answer(to: "HTTP/1.1 200 OK\r\nContent-Length: \(length)\r\n\r\n[]")
    #expect(throws: TransportFailure.self) { try result.get() }
  }

  /// Every byte of a good answer replaced, removed or doubled, and random bytes.
  @Test func survivesRandomBytes() async throws {
    var random = SystemRandomNumberGenerator()
    let good = Array(
      "HTTP/1.1 200 OK\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\nRetry-After: 3\r\nContent-Length: 2\r\n\r\n[]"
        .utf8)
    for round in 0..<150 {
      var bytes = good
      if round % 5 == 0 {
        bytes = (0..<64).map { _ in .random(in: 0...255, using: &random) }
      } else {
        let place = Int.random(in: 0..<(round % 2 == 0 ? 16 : bytes.count), using: &random)
        bytes[place] = .random(in: 0...255, using: &random)
      }
      let result = try await answer(to: bytes)
      if case .success(let answer) = result { #expect((200...999).contains(answer.status)) }
    }
  }

  // MARK: Ends

  @Test func endsAfterManyInterimAnswers() async throws {
    let interim = "HTTP/1.1 100 Continue\r\n\r\n"
    let good = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n[]"
    let few = try await answer(to: String(repeating: interim, count: 32) + good)
    #expect(label(few) == "200 []")
    let many = try await answer(to: String(repeating: interim, count: 33) + good)
    #expect(label(many) == "the server sent more than 32 interim answers")
    let endless = try await answer(to: "", again: String(repeating: interim, count: 8))
    #expect(label(endless) == "the server sent more than 32 interim answers")
  }

  @Test(arguments: [
    ("HTTP/1.1 200 OK\r\n", "X-Long: abcdefghijklmnopqrstuvwxyz\r\n"),
    ("HTTP/1.1 200 OK\r\nX: ", "abcdefghijklmnopqrstuvwxyz"),
    ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;", "extension=abcdefghijklmn;"),
    (
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
      "1;extension=abcdefghijklmnopqrstuvwxyz0123456789\r\n0\r\n"
    ),
    (
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n[]\r\n0\r\n",
      "X-Trailer: abcdefghijklmnopqrstuvwxyz\r\n"
    ),
  ])
  func endsAfterManyHeaders(_ start: String, _ line: String) async throws {
    let lines = String(repeating: line, count: 200)
    let result = try await answer(to: start, again: lines)
    #expect(
      ["the headers of the answer are too large", "the answer is not HTTP"]
        .contains(label(result)), "\(label(result))")
  }

  @Test func smallChunksAreNoHeaders() async throws {
    let chunks = String(repeating: "1\r\n \r\n", count: 12_000)
    let result = try await answer(
      to: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\(chunks)2\r\n[]\r\n0\r\n\r\n")
    #expect(label(result).hasSuffix("[]"))
  }

  @Test func timeoutCoversTheBody() async throws {
    let result = try await answer(
      to: "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n[", again: " ",
      timeout: .milliseconds(400))
    #expect(result == .failure(.timedOut("no answer within 60 s")))
  }

  @Test func abandonedCallEndsInItsBody() async throws {
    let start = ContinuousClock.now
    let task = Task {
      try await answer(
        to: "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n[", again: " ", timeout: .seconds(300)
      )
    }
    try await Task.sleep(for: .milliseconds(300))
    task.cancel()
    _ = try? await task.value
    #expect(ContinuousClock.now - start < .seconds(290))
  }

  /// A list ends at the first element that isn't an object with an id; the server never ends it.
  @Test(arguments: [
    "[0,", #" [{"id":1,"x":["]}",{}]},0,"#, #"[{"a":"\\\""},"#, "\u{FEFF}[null,", "[{},",
    #"{"result":[0,"#, #"{"count":9,"result":[{"id":1},{"name":"a"},"#,
  ])
  func endsAListAtOnce(_ list: String) async throws {
    let result = try await answer(
      to: "HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n\(list)", again: "0,")
    let answer = try result.get()
    #expect(answer.body.count < 1_000_000)
    #expect(throws: ClientError.self) { try ListAnswer.connections(in: answer) }
  }

  @Test func readsAListOfErrors() async throws {
    let result = try await answer(to: "HTTP/1.1 422 X\r\nContent-Length: 9\r\n\r\n[\"a\",\"b\"]")
    #expect(throws: ClientError.invalid("a; b")) {
      try ListAnswer.connections(in: try result.get())
    }
  }

  // MARK: Encodings

  private static let firstHalf = "H4sIAAAAAAACA4uuVspMUbIyrNUBAM7p508KAAAA"
  private static let secondHalf = "H4sIAAAAAAACA6tWykxRsjKqjQUAWhfULgkAAAA="
  private static let nothing = "H4sIAAAAAAACAwMAAAAAAAAAAAA="
  /// 64 KiB of blanks.
  private static let blanks =
    "H4sIAAAAAAAC/+3BgQAAAACAIJX9KRepCgAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAGqUGSy0AAABAA=="
  private static let zlib = "eJyLrlbKTFGyMqyNBQARrgMt"

  @Test(arguments: [
    ("gzip", [firstHalf, secondHalf], #"200 [{"id":1},{"id":2}]"#),
    ("x-gzip", [firstHalf, nothing, secondHalf], #"200 [{"id":1},{"id":2}]"#),
    ("GZIP", [nothing], "200 "), ("gzip", [], "200 "), ("br", [], "200 "),
    ("identity", [], "200 "), ("deflate", [zlib], #"200 [{"id":1}]"#),
    ("gzip", [zlib, zlib], #"200 [{"id":1}][{"id":1}]"#),
    ("gzip", ["AAAA"], "can't decompress the answer"),
    ("gzip", [nothing, "AAAA"], "can't decompress the answer"),
    ("gzip", ["H4sIAAAAAAACA4uuVspM"], "the compressed answer was cut short"),
  ])
  func decodesBodies(_ coding: String, _ parts: [String], _ expected: String) async throws {
    let body = parts.compactMap { Data(base64Encoded: $0) }.reduce(Data(), +)
    let head =
      "HTTP/1.1 200 OK\r\nContent-Encoding: \(coding)\r\nContent-Length: \(body.count)\r\n\r\n"
    let result = try await answer(to: Array(head.utf8) + Array(body))
    #expect(label(result) == expected)
  }

  @Test(arguments: ["br", "zstd", "gzip, gzip", "compress"])
  func namesAnUnknownEncoding(_ coding: String) async throws {
    let result = try await answer(
      to: "HTTP/1.1 200 OK\r\nContent-Encoding: \(coding)\r\nContent-Length: 2\r\n\r\n[]")
    let answer = try result.get()
    #expect(
      throws: ClientError.unreadable(
        "unknown encoding of the answer: `\(coding)` (conn reads gzip and deflate)")
    ) { try ListAnswer.connections(in: answer) }
    #expect("\(CallResult(.delete(id: 36), answer))".contains("unknown encoding"))
  }

  @Test func statusOutweighsAnUnknownEncoding() async throws {
    let result = try await answer(
      to: "HTTP/1.1 401 X\r\nContent-Encoding: br\r\nContent-Length: 2\r\n\r\n[]")
    #expect(throws: ClientError.unauthorized("Unauthorized")) {
      try ListAnswer.connections(in: try result.get())
    }
  }

  /// 20 members of 64 KiB; an answer that isn't a list may have 1 MiB.
  @Test func refusesABodyThatGrowsWhenItIsInflated() async throws {
    let member = try #require(Data(base64Encoded: Self.blanks))
    let body = (0..<20).reduce(Data()) { bomb, _ in bomb + member }
    let head =
      "HTTP/1.1 500 X\r\nContent-Encoding: gzip\r\nContent-Length: \(body.count)\r\n\r\n"
    let result = try await answer(to: Array(head.utf8) + Array(body))
    #expect(label(result) == "the answer is too large")
  }

  @Test func stopsInflatingAtTheLimit() throws {
    let bomb = try #require(Data(base64Encoded: Self.firstHalf))
    var body = try AnswerBody(.deflated, limit: 25)
    try body.append(.init(bytes: bomb))
    try body.append(.init(bytes: bomb))
    #expect(throws: BodyProblem.tooLarge) { try body.append(.init(bytes: bomb)) }
  }
}
