import Simulator
import TestSupport
import Testing

/// What HTTP/1.1 asks of a server beside its answers.
struct TransportTests {
  @Test func servesManyRequestsOnOneConnection() async throws {
    try await Harness.run { harness async throws in
      for id in [36, 37, 39] {
        expectEqual(try harness.call("DELETE", "/api/connections/\(id)").status, 200)
      }
      expectEqual(await harness.server.connections().map(\.id), [38, 40, 41, 42])
    }
  }

  @Test func answersPipelinedRequestsInOrder() async throws {
    let slow = SimulatorFault(on: .delete, id: 36, play: .slow(milliseconds: 1))
    try await Harness.run(faults: [slow]) { harness async throws in
      let paths = ["/api/connections/36", "/api/connections/36", "/api/connections/40"]
      harness.client.send(paths.map { TestClient.request("DELETE", $0) }.joined())
      let answers = try paths.map { _ in try harness.client.receive().text }
      #expect(answers.map { $0.contains("deleted") } == [true, false, false])
      #expect(answers.map { $0.contains("Not found") } == [false, true, false])
      #expect(answers.map { $0.contains("audit log") } == [false, false, true])
    }
  }

  @Test(arguments: [("HTTP/1.1", "Connection: close\r\n"), ("HTTP/1.0", "")])
  func closesIfTheClientAsks(version: String, header: String) async throws {
    try await Harness.run { harness async throws in
      harness.client.send("GET /nowhere \(version)\r\n\(header)\r\n")
      let answer = String(decoding: try harness.client.receiveAll(), as: UTF8.self)
      #expect(answer.contains("\r\nConnection: close\r\n"))
      #expect(answer.hasSuffix(#"{"message":"Not found"}"#))
    }
  }

  @Test func answersExpectContinue() async throws {
    try await Harness.run { harness async throws in
      harness.client.send(
        "POST /api/connections HTTP/1.1\r\nAuthorization: Bearer wrk-simulator\r\n"
          + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n")
      expectEqual(try harness.client.receive().status, 100)
      harness.client.send("{}")
      expectEqual(try harness.client.receive().status, 200)
    }
  }

  @Test func readsChunkedBodies() async throws {
    try await Harness.run { harness async throws in
      harness.client.send(
        "PUT /api/connections/36 HTTP/1.1\r\nAuthorization: Bearer wrk-simulator\r\n"
          + "Transfer-Encoding: chunked\r\n\r\n6\r\n{\"name\r\n6\r\n\":\"x\"}\r\n0\r\n\r\n")
      expectEqual(try harness.client.receive().json?["name"], "x")
    }
  }

  @Test func everyAnswerCarriesTheDate() async throws {
    try await Harness.run { harness async throws in
      let answer = try harness.call("GET", "/nowhere")
      #expect(answer.headers["date"] == "Tue, 03 Feb 2026 04:05:06 GMT")
    }
  }

  @Test func stoppedServerKeepsItsLog() async throws {
    let server = try await SimulatedServer.start(content: WorkspaceContent(connections: []))
    let client = try TestClient(server)
    expectEqual(try client.call("GET", "/api/connections").text, "[]")
    try await server.stop()
    #expect(throws: TestClient.Failure.ended([])) { try client.receive() }
    expectEqual(await server.requests().count, 1)
    try await server.stop()
  }

  /// Whose port is given back, and may be another test's at once: not three times in a row.
  @Test func stoppedServerReleasesItsPort() async throws {
    for _ in 0..<3 {
      let server = try await SimulatedServer.start(content: WorkspaceContent(connections: []))
      try await server.stop()
      do { _ = try TestClient(server) } catch {
        #expect(error as? TestClient.Failure == .noConnection)
        return
      }
    }
    Issue.record("a stopped server still listens")
  }

  @Test func reportsAPortInUse() async throws {
    let server = try await SimulatedServer.start(content: WorkspaceContent(connections: []))
    #expect(server.url == "http://127.0.0.1:\(server.port)")
    let problem = try await problemOfListening(on: server.port)
    #expect(problem == "can't listen on 127.0.0.1:\(server.port): the port is in use")
    try await server.stop()
  }

  @Test(arguments: [-1, 65_536])
  func rejectsInvalidPorts(port: Int) async throws {
    let problem = try await problemOfListening(on: port)
    #expect(problem == "can't listen on 127.0.0.1:\(port): ports range from 0 to 65535")
  }

  /// Returns `nil` where the server starts after all.
  private func problemOfListening(on port: Int) async throws -> String? {
    var options = SimulatorOptions()
    options.port = port
    do {
      try await SimulatedServer.start(options: options).stop()
      return nil
    } catch let error as ListenError {
      return error.description
    }
  }
}
