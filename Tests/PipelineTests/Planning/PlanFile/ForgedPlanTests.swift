import API
import Evaluation
import Execution
import JSON
import Language
import Planning
import Testing
import Text

/// A hash is not a signature: anybody can write a plan file. The question must show what will be sent
/// nevertheless.
@Suite struct ForgedPlanTests {
  private static let script = """
    list where tags has "x" and not connected | first 1 | update folder_id = 7 | disconnect force
    get 40 | tag "Accounting"
    create name = "shell", application = "jira"
    """
  private static let lie = "Nothing; a harmless test"

  /// Asks for a plan in which texts were replaced, and returns all that was said and asked, with the
  /// calls and outcomes; `nil` if the file is refused.
  private func question(_ content: JSON) async throws -> (said: String, calls: String)? {
    guard let file = try? PlanFile.read(Self.sealed(content)) else { return nil }
    let fixture = PipelineFixture()
    let terminal = ScriptedTerminal(["www.workato.com"])
    let result = try await fixture.apply(file, answers: ["www.workato.com"]) {
      $0.terminal = terminal
      $0.tagReader = fixture.server
    }
    let calls = await fixture.server.calls.map { $0.request.body?.shown.text ?? "" }
    let said = fixture.output.talk + terminal.shown.read { $0 } + result.rows.map(\.text)
    return (said.joined(separator: "\n"), calls.joined(separator: "\n"))
  }

  private static func sealed(_ content: JSON) throws -> [UInt8] {
    var object = try #require(content.object)
    object.remove("sha256")
    let hash = Digest.sha256(JSON.object(object).sortingMembers.text.utf8)
    object.set("sha256", .string(hash))
    return Array((JSON.object(object).sortingMembers.text + "\n").utf8)
  }

  private func plan() async throws -> JSON {
    var bytes: [UInt8] = []
    let fixture = PipelineFixture()
    bytes = try PlanFile(
      sealing: try await fixture.plan(Self.script) { $0.tagReader = fixture.server }
    ).bytes
    return try JSONParser.parse(bytes)
  }

  /// Replaces each text of a plan, one after the other. What is then said may contain the new text only
  /// if it would also be sent.
  @Test func eachTextOfAForgedPlanIsHarmless() async throws {
    let plan = try await plan()
    var (accepted, refused) = (0, 0)
    for index in 0..<plan.texts.count {
      var left = index
      let forged = plan.replacingText(&left, with: Self.lie)
      guard let question = try await question(forged) else {
        refused += 1
        continue
      }
      accepted += 1
      // What a target's value was is the file's word, shown beside the server's.
      let isShown = question.said.split(separator: "\n")
        .contains { $0.contains(Self.lie) && !$0.contains("drifted: ") }
      #expect(
        !isShown || question.calls.contains(Self.lie),
        "\(plan.texts[index]) was replaced: \(question.said)")
    }
    print("Plans forged: \(accepted + refused), of which \(refused) were refused.")
    #expect(accepted > 10)
    #expect(refused > 10)
  }

  @Test func sentenceAndTargetsComeFromTheWritesAndTheServer() async throws {
    let forged = try await plan().replacing { name, value in
      switch name {
      case "sentence": .string(Self.lie)
      case "name", "application": value == .string("shell") ? nil : .string("test")
      default: nil
      }
    }
    let question = try #require(try await question(forged))
    #expect(
      question.said.contains(
        """
        1. Update `folder_id` of the connection 39 "=1+1, \\"quoted\\"", then \
        force-disconnect it.
        2. Add the tag "Accounting" to the connection 40 "bell
        """), "\(question.said)")
  }

  @Test func titlesOfTagsComeFromTheServer() async throws {
    let forged = try await plan().replacing { name, _ in
      name == "tag-1" ? .string("Harmless") : nil
    }
    let question = try #require(try await question(forged))
    #expect(question.said.contains("tags  + Accounting"))
    #expect(!question.said.contains("Harmless"))
  }

  @Test func commandsAreNamedBeforeTheyRun() async throws {
    let fixture = PipelineFixture()
    let file = try await fixture.planFile(
      #"get 39 | update input = { password: secret("cmd:touch /tmp/x") }"#)
    let result = try await fixture.apply(file, answers: ["n"])
    #expect(result.exitCode == .notConfirmed)
    let said = fixture.output.talk.joined(separator: "\n")
    #expect(said.contains("Workspace https://www.workato.com"))
    #expect(said.contains("Runs `touch /tmp/x` and sends its output as a secret."), "\(said)")
  }
}

extension JSON {
  /// The texts in it, in order.
  fileprivate var texts: [String] {
    switch self {
    case .string(let text): [text]
    case .array(let elements): elements.flatMap(\.texts)
    case .object(let object): object.members.flatMap(\.value.texts)
    default: []
    }
  }

  /// Replaces the text after `left` others.
  fileprivate func replacingText(_ left: inout Int, with text: String) -> JSON {
    switch self {
    case .string:
      left -= 1
      return left == -1 ? .string(text) : self
    case .array(let elements):
      return .array(elements.map { $0.replacingText(&left, with: text) })
    case .object(let object):
      return .object(
        JSON.Object(object.members.map { ($0.name, $0.value.replacingText(&left, with: text)) }))
    default: return self
    }
  }

  /// Replaces the values of members for which `change` returns one.
  fileprivate func replacing(_ change: (String, JSON) -> JSON?) -> JSON {
    switch self {
    case .array(let elements): .array(elements.map { $0.replacing(change) })
    case .object(let object):
      .object(
        JSON.Object(
          object.members.map { ($0.name, change($0.name, $0.value) ?? $0.value.replacing(change)) })
      )
    default: self
    }
  }
}
