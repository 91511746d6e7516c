/// What goes wrong in the place of a right answer.
package enum FaultPlay: Hashable, Sendable {
  /// Any status; without a body, the one that belongs to the status.
  case status(Int, body: String? = nil)
  /// The TCP connection is reset.
  case reset
  /// The answer is right, and the TCP connection is closed behind it without a word.
  case close
  /// The answer ends halfway through its body.
  case truncate
  /// Bytes that are no HTTP.
  case garbage
  /// The HTML page that a token without the scope gets, with status 200.
  case signInPage
  /// No answer; the TCP connection stays open until the client leaves.
  case hang
  /// The right answer, late.
  case slow(milliseconds: Int64)
  /// A redirect to another host.
  case redirect(status: Int = 302, location: String = FaultPlay.elsewhere)
  /// Every id in the answer is one too high.
  case wrongID
  /// The right answer, behind it spaces up to so many bytes.
  case oversize(bytes: Int = 2 << 20)
  /// `"success": false` because of active recipes; `nil` stands for the options' status.
  case refuse(status: Int? = nil)
  /// 429, with the value of its `Retry-After` if it has any.
  case rateLimit(retryAfter: String? = nil)
  /// 429, whose `Retry-After` is a date so many seconds after the answer's own.
  case rateLimitUntil(seconds: Int64)
  /// 200 and no body.
  case empty

  package static let elsewhere = "https://elsewhere.example/users/sign_in"

  /// Whether the call takes effect, unless the fault says otherwise.
  var appliesByDefault: Bool {
    switch self {
    case .close, .truncate, .garbage, .slow, .wrongID, .oversize, .empty: true
    case .status, .reset, .signInPage, .hang, .redirect, .refuse, .rateLimit, .rateLimitUntil: false
    }
  }
}
