import LineEditing
import Synchronization

/// Passes messages, in order, from running statements to the prompt's thread.
final class Mailbox: Sendable {
  enum Message: Sendable {
    case data(String)
    case talk(String)
    case progress(String)
    case question(Question)
    case ended(Job.End)
  }

  /// A question whose asker waits for the answer.
  struct Question: Sendable {
    let text: String
    /// `true` iff the answer must not be shown while it is typed.
    let isSecret: Bool
    /// Receives the answer; `nil` if there is none.
    let answer: @Sendable (String?) -> Void
  }

  private let messages = Mutex<[Message]>([])

  func post(_ message: Message) {
    messages.withLock { $0.append(message) }
    Interruption.poke()
  }

  /// Asks the user at the prompt and returns the answer; `nil` if there is none.
  func ask(_ question: String, isSecret: Bool = false) async -> String? {
    await withCheckedContinuation { continuation in
      post(
        .question(
          Question(text: question, isSecret: isSecret) { continuation.resume(returning: $0) }))
    }
  }

  func receive() -> [Message] {
    messages.withLock { messages in
      defer { messages = [] }
      return messages
    }
  }
}
