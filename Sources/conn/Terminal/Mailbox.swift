import LineEditing
import Synchronization

/// What the statements that run have to say to the thread of the prompt, in its order.
final class Mailbox: Sendable {
  enum Message: Sendable {
    case data(String)
    case talk(String)
    case progress(String)
    case question(Question)
    case ended(Job.End)
  }

  /// Somebody waits for the answer.
  struct Question: Sendable {
    let text: String
    /// `true` iff the answer must not be seen.
    let isSecret: Bool
    /// `nil` is no answer.
    let answer: @Sendable (String?) -> Void
  }

  private let messages = Mutex<[Message]>([])

  func post(_ message: Message) {
    messages.withLock { $0.append(message) }
    Interruption.poke()
  }

  /// Returns the answer of the person at the prompt.
  func ask(_ question: String, isSecret: Bool = false) async -> String? {
    await withCheckedContinuation { continuation in
      post(
        .question(
          Question(text: question, isSecret: isSecret) { continuation.resume(returning: $0) }))
    }
  }

  func take() -> [Message] {
    messages.withLock { messages in
      defer { messages = [] }
      return messages
    }
  }
}
