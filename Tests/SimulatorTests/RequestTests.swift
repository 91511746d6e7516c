import Simulator
import TestSupport
import Testing

/// Requests that name no endpoint, carry no token, or are no HTTP; and the log of all.
struct RequestTests {
  @Test(arguments: [nil, "wrk-simulato", "wrk-simulator2", "", "Wrk-simulator"])
  func refusesAMissingOrWrongToken(token: String?) async throws {
    try await Harness.run { harness async throws in
      for (method, path) in [("GET", "/api/connections"), ("DELETE", "/api/connections/36")] {
        let answer = try harness.client.call(method, path, token: token)
        #expect(answer.status == 401)
        #expect(answer.text == #"{"message":"Unauthorized"}"#)
      }
      #expect(await harness.server.connection(36) != nil)
    }
  }

  @Test func refusesAnotherScheme() async throws {
    try await Harness.run { harness async throws in
      harness.client.send(
        "GET /api/connections HTTP/1.1\r\nAuthorization: Basic wrk-simulator\r\n\r\n")
      expectEqual(try harness.client.receive().status, 401)
    }
  }

  @Test func acceptsAnotherToken() async throws {
    try await Harness.run(options: { $0.token = "wrk-other" }) { harness async throws in
      #expect(harness.server.token == "wrk-other")
      expectEqual(try harness.call("GET", "/api/connections").status, 401)
      let answer = try harness.client.call("GET", "/api/connections", token: "wrk-other")
      #expect(answer.status == 200)
    }
  }

  @Test(arguments: [
    ("GET", "/"), ("GET", "/api"), ("GET", "/api/recipes"), ("GET", "/api/connections/"),
    ("GET", "//api/connections"), ("PUT", "/api/connections/abc"),
    ("PUT", "/api/connections/36x"), ("PUT", "/api/connections/-36"),
    ("PUT", "/api/connections/%33%36"), ("DELETE", "/api/connections/"),
    ("DELETE", "/api/connections/99999999999999999999"), ("DELETE", "/api/connections/35"),
    ("PUT", "/api/connections/35"), ("POST", "/api/connections/35/disconnect"),
    ("POST", "/api/connections/x/disconnect"), ("POST", "/api/connections/36/connect"),
    ("POST", "/api/connections/36/disconnect/now"), ("GET", "/api/connections/abc"),
  ])
  func answersNotFound(method: String, path: String) async throws {
    try await Harness.run { harness async throws in
      let answer = try harness.call(method, path)
      #expect(answer.status == 404)
      #expect(answer.text == #"{"message":"Not found"}"#)
    }
  }

  @Test(arguments: [
    ("DELETE", "/api/connections"), ("PUT", "/api/connections"), ("GET", "/api/connections/36"),
    ("PATCH", "/api/connections/36"), ("POST", "/api/connections/36"),
    ("GET", "/api/connections/36/disconnect"), ("QUERY", "/api/connections"),
  ])
  func answersMethodNotAllowed(method: String, path: String) async throws {
    try await Harness.run { harness async throws in
      let answer = try harness.call(method, path)
      #expect(answer.status == 405)
      #expect(answer.text == #"{"message":"Method not allowed"}"#)
    }
  }

  @Test func answersHEADWithoutABody() async throws {
    try await Harness.run { harness async throws in
      expectEqual(try harness.call("HEAD", "/api/connections").status, 405)
      expectEqual(try harness.call("GET", "/api/connections").status, 200)
    }
  }

  @Test func rejectsBodiesOverOneMebibyte() async throws {
    try await Harness.run { harness async throws in
      let limit = 1 << 20
      let taken = #"{"name":"x","pad":""# + String(repeating: "a", count: limit - 21) + #""}"#
      #expect(taken.utf8.count == limit)
      expectEqual(try harness.call("PUT", "/api/connections/36", taken).status, 200)
      let answer = try harness.call("PUT", "/api/connections/36", taken + " ")
      #expect(answer.status == 413)
      expectEqual(await harness.server.requests().map(\.bodyIsTooLarge), [false, true])
      expectEqual(try harness.call("GET", "/api/connections").status, 200)
    }
  }

  @Test(arguments: [
    "foo bar\r\n\r\n", "\u{16}\u{3}\u{1}\u{0}\r\n\r\n", "GET /api/connections HTTP/9.9\r\n\r\n",
    "POST /api/connections HTTP/1.1\r\nContent-Length: many\r\n\r\n",
    "POST /api/connections HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
  ])
  func closesOnlyTheConnectionThatIsNotHTTP(bytes: String) async throws {
    try await Harness.run { harness async throws in
      harness.client.send(bytes)
      let answer = String(decoding: try harness.client.receiveAll(), as: UTF8.self)
      #expect(answer.hasPrefix("HTTP/1.1 400 Bad Request\r\n"))
      expectEqual(try TestClient(harness.server).call("GET", "/api/connections").status, 200)
    }
  }

  @Test func logsRequestsUnchanged() async throws {
    try await Harness.run { harness async throws in
      let path = "/api/connections/36/disconnect?force=%74rue&x=a+b"
      try harness.call("POST", path, #"{ "force":true}"#)
      try harness.client.call("GET", "/nowhere", token: nil)
      let requests = await harness.server.requests()
      #expect(requests.map(\.method) == ["POST", "GET"])
      #expect(requests.map(\.uri) == [path, "/nowhere"])
      #expect(requests.map(\.text) == [#"{ "force":true}"#, ""])
      #expect(requests.first?.header("authorization") == "Bearer wrk-simulator")
      #expect(requests.last?.header("authorization") == nil)
      #expect(requests.first?.headers.map(\.name) == ["Host", "Authorization", "Content-Length"])
    }
  }
}
