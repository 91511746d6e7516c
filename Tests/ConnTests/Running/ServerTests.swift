import Foundation
import Simulator
import TestSupport
import Testing

/// The built program with servers that reject calls, fail, or give wrong answers.
@Suite(.serialized) struct ServerTests {
  func against(
    _ faults: [SimulatorFault] = [], _ line: String, limits: SimulatorLimits = .off,
    token: String = "wrk-simulator"
  ) async throws -> (Program.Result, [ReceivedRequest]) {
    var options = SimulatorOptions()
    options.limits = limits
    let server = try await SimulatedServer.start(options: options, faults: faults)
    let result = try await Task.detached {
      try await Program.run(
        line, environment: ["WORKATO_HOST": server.url, "WORKATO_API_TOKEN": token])
    }.value
    try await server.stop()
    return (result, await server.requests())
  }

  @Test func dryRunSendsNothing() async throws {
    let (result, requests) = try await against([], "conn eval --dry-run 'get 36 | delete'")
    #expect(result.exitCode == 0)
    #expect(requests.isEmpty)
  }

  @Test func previewSendsOnlyGETs() async throws {
    let (_, requests) = try await against(
      [], "conn run scripts/maintenance/disconnect-tagged.conn --preview")
    #expect(requests.map(\.method) == ["GET"])
  }

  @Test func writesArrivePacedAndAsPreviewed() async throws {
    let line = "conn run scripts/maintenance/disconnect-tagged.conn --yes"
    let (result, requests) = try await against([], line, limits: .documented)
    #expect(result.exitCode == 0)
    let writes = requests.filter { $0.method == "POST" }
    #expect(
      writes.map(\.uri)
        == [1204, 1207, 1211, 1214, 1219].map {
          "/api/connections/\($0)/disconnect"
        })
    #expect(writes.allSatisfy { $0.text == #"{"force":true}"# })
    for (first, second) in zip(writes, writes.dropFirst()) {
      #expect(second.arrival - first.arrival >= .seconds(1))
    }
  }

  @Test(arguments: [
    (FaultBehavior.status(401), Int32(3), "rejected the token", 1),
    (.status(403), 3, "isn't allowed to do this", 1), (.signInPage, 3, "web page", 1),
    (.redirect(), 8, "redirects to https://elsewhere.example", 1), (.reset, 8, "no answer", 4),
  ])
  func reportsAFailedList(
    _ play: FaultBehavior, _ code: Int32, _ message: String, _ tries: Int
  ) async throws {
    let fault = SimulatorFault(on: .list, times: 9, play: play)
    let (result, requests) = try await against(
      [fault], "conn eval 'list where connected | delete' --yes --max-writes 99")
    #expect(result.exitCode == code)
    #expect(result.errors.contains(message), "\(result.errors)")
    #expect(requests.map(\.method) == Array(repeating: "GET", count: tries))
  }

  /// A server with an untrusted certificate is rejected at once, and not tried again.
  @Test func rejectsAnUntrustedCertificate() async throws {
    let result = try await againstTLS("", awaiting: "unknown ca")
    #expect(result.exitCode == 8)
    #expect(
      result.errors.contains(
        "can't trust the server: the server's certificate is not trusted"))
    #expect(result.output == "1\n", "\(result.errors)")
  }

  /// TLS 1.0 and 1.1 are rejected at once, before the certificate is looked at.
  @Test(arguments: ["-tls1", "-tls1_1"])
  func rejectsAnOldTLS(_ version: String) async throws {
    let result = try await againstTLS(
      "\(version) -cipher ALL:@SECLEVEL=0", awaiting: "unsupported protocol")
    #expect(result.exitCode == 8)
    #expect(
      result.errors.contains("can't trust the server: the server offers no TLS 1.2 or newer"),
      "\(result.errors)")
    #expect(result.output == "1\n", "\(result.errors)")
  }

  /// Runs a write against `openssl s_server`, and prints how often the server said these words.
  private func againstTLS(_ options: String, awaiting words: String) async throws -> Program.Result
  {
    let line = """
      cd "$XDG_STATE_HOME"
      openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout key.pem \\
        -out certificate.pem -days 1 -subj /CN=localhost -addext subjectAltName=DNS:localhost 2> req
      openssl s_server -www -accept 127.0.0.1:0 -key key.pem -cert certificate.pem $OPTIONS \\
        > said 2>&1 & pid=$!
      while kill -0 $pid && ! grep -q ^ACCEPT said; do sleep 0.05; done
      export WORKATO_HOST=https://localhost:$(sed -n 's/^ACCEPT .*://p' said)
      conn eval 'get 36 | delete' --yes; code=$?
      for turn in {1..100}; do grep -q "$WORDS" said && break; sleep 0.05; done
      kill -KILL $pid; grep -c "$WORDS" said; exit $code
      """
    return try await Program.run(
      line,
      environment: ["WORKATO_API_TOKEN": "wrk-simulator", "OPTIONS": options, "WORDS": words])
  }

  @Test func findsTheOutcomeOfALostAnswer() async throws {
    let faults = [
      SimulatorFault(on: .delete, play: .reset, applies: true),
      SimulatorFault(on: .update, play: .truncate),
    ]
    let (result, requests) = try await against(
      faults, "conn eval 'get 36, 37 | update name = \"ACME\" | delete | select id, reason' --yes")
    #expect(
      result.output == """
        {"id":36,"reason":"deleted by an earlier attempt whose answer was lost"}
        {"id":37,"reason":null}

        """)
    #expect(requests.map(\.method) == ["GET", "PUT", "GET", "PUT", "DELETE", "DELETE", "DELETE"])
  }

  /// A server that is silent, or sends a byte a second, is abandoned at the deadline, in writes as in
  /// lists; a call may take a minute.
  @Test(arguments: [
    (Endpoint.delete, FaultBehavior.hang, Int32(9)), (.list, .hang, 7), (.delete, .drip, 9),
    (.list, .drip, 7),
  ])
  func deadlineEndsACallInFlight(
    _ endpoint: Endpoint, _ play: FaultBehavior, _ code: Int32
  ) async throws {
    let start = ContinuousClock.now
    let (result, _) = try await against(
      [SimulatorFault(on: endpoint, times: 9, play: play)],
      "conn eval 'get 37 | delete' --yes --deadline 5s")
    #expect(ContinuousClock.now - start < .seconds(45))
    #expect(result.exitCode == code, "\(result.errors)")
    #expect(result.errors.contains("deadline"), "\(result.errors)")
  }

  @Test func writeInDoubtIsNotCountedAsDone() async throws {
    let fault = SimulatorFault(on: .delete, times: 9, play: .reset, applies: true)
    let (result, _) = try await against([fault], "conn eval 'get 37 | delete' --yes")
    #expect(result.exitCode == 9)
    #expect(result.output.contains(#""outcome":"unknown""#))
    #expect(result.errors.contains("0 of 1 deleted, 1 in doubt"))
  }

  @Test func reportsRejectedWrites() async throws {
    let (result, _) = try await against(
      [], "conn eval 'get 1204, 37 | disconnect | select id, outcome, reason' --yes")
    #expect(result.exitCode == 1)
    #expect(result.output.contains("`disconnect force` disconnects it anyway"))
    #expect(result.errors.contains("1 of 2 disconnected, 1 rejected"))
  }

  @Test func neverShowsTheToken() async throws {
    let line = "conn eval 'get 36 | update input = { pw: \"hunter2\" }' --yes --verbose"
    let (result, requests) = try await against([], line, token: "wrk-simulator")
    #expect(requests.last?.text == #"{"input":{"pw":"hunter2"}}"#)
    #expect(!(result.output + result.errors).contains("hunter2"))
    #expect(!(result.output + result.errors).contains("wrk-simulator"))
  }

  @Test func publicToolsCanTalkToTheSimulator() async throws {
    let (result, _) = try await against(
      [],
      """
      curl -s -g -H "Authorization: Bearer $WORKATO_API_TOKEN" \
        "$WORKATO_HOST/api/connections?includes[]=tags" | jq -c '.[0] | [.id, .tags]'
      """)
    #expect(result.output == "[36,[\"tag-ANgeffPL-3gxQwA\"]]\n")
  }

  @Test func printedCurlCommandsWork() async throws {
    let (result, requests) = try await against(
      [], "conn eval 'get 36 | disconnect force' --preview --calls curl 2>/dev/null | bash")
    #expect(result.output.contains("disconnected"))
    #expect(requests.last?.text == #"{"force":true}"#)
  }

  /// Names that try to leave their quotes; `curl` is a stub that prints its arguments.
  @Test func printedCurlCommandsCarryNamesAsData() async throws {
    let names = [
      "'; touch pwned; '", "a\ntouch pwned\n", "$(touch pwned) `touch pwned` ${IFS} \\' \\\\'",
      "\u{0} \u{1B}[2J \u{2028} \u{15} \r touch pwned", "\"; touch pwned #", "'!touch'!! !t",
    ]
    let desk = try Program.makeScratch()
    let rows = names.enumerated().map { ["id": $0 + 1, "name": $1, "application": "jira"] }
    try JSONSerialization.data(withJSONObject: rows).write(to: desk.appending(path: "names.json"))
    let result = try await Program.run(
      #"""
      cd "$DESK" && mkdir bin
      printf '#!/bin/sh\nfor word do printf "%%s\\n" "$word"; done\n' > bin/curl && chmod +x bin/curl
      conn eval 'list all | update external_id = name' --simulator --simulator-data names.json \
        --preview --calls curl > calls.sh 2> /dev/null
      sh -n calls.sh && PATH="$PWD/bin:$PATH" && sh calls.sh > words
      bash --norc --noprofile -i < calls.sh > interactive 2> /dev/null
      cmp words interactive && grep external_id words; ls; grep -vc -e '^curl ' -e '^  --' -e '^$' calls.sh
      """#, environment: ["DESK": desk.path])
    let lines = result.output.split(separator: "\n").map(String.init)
    let bodies = try lines.prefix(names.count).map { line in
      try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: String]
    }
    #expect(bodies.map { $0?["external_id"] } == names)
    #expect(
      lines.dropFirst(names.count) == [
        "bin", "calls.sh", "interactive", "names.json", "words", "0",
      ])
  }

  @Test func reportsAnInterruptedRun() async throws {
    let line = """
      said=$XDG_STATE_HOME/said
      conn run scripts/maintenance/disconnect-tagged.conn --yes --verbose 2> "$said" & pid=$!
      while kill -0 $pid && ! grep -q POST "$said"; do sleep 0.05; done
      kill -INT $pid; wait $pid; code=$?; cat "$said" >&2; exit $code
      """
    let (result, requests) = try await against([], "set -m; export CONN_PROCESS=1; " + line)
    #expect(result.exitCode == 130)
    #expect(result.errors.contains("Stopped (interrupted)"))
    let writes = requests.filter { $0.method == "POST" }.count
    #expect((1...4).contains(writes))
  }
}
