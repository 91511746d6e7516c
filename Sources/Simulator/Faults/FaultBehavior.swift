/// A fault that replaces or distorts the right answer.
package enum FaultBehavior: Hashable, Sendable {
  /// Any status; without `body`, its usual body, and optionally with this value of `Retry-After`.
  case status(Int, body: String? = nil, retryAfter: String? = nil)
  /// The TCP connection is reset.
  case reset
  /// The right answer, after which the TCP connection is closed without notice.
  case close
  /// The answer ends halfway through its body.
  case truncate
  /// Bytes that are not HTTP.
  case garbage
  /// The HTML page, with status 200, that a token without the scope gets.
  case signInPage
  /// No answer; the TCP connection stays open until the client closes it.
  case hang
  /// The right answer, late.
  case slow(milliseconds: Int64)
  /// The right answer, whose body arrives a byte a second.
  case drip
  /// A redirect to another host.
  case redirect(status: Int = 302, location: String = FaultBehavior.elsewhere)
  /// Every id in the answer is one too high.
  case wrongID
  /// The right answer, padded with spaces to this many bytes.
  case oversize(bytes: Int = 2 << 20)
  /// `"success": false` because of active recipes; the default status is the options'.
  case refuse(status: Int? = nil)
  /// 429, optionally with this value of `Retry-After`.
  case rateLimit(retryAfter: String? = nil)
  /// 429, whose `Retry-After` is a date this many seconds after the answer's own.
  case rateLimitUntil(seconds: Int64)
  /// 200 without a body.
  case empty
  /// The list in pages of this size, each with a `Link` to the next.
  case pages(size: Int, next: NextLink = .right)

  /// Where the link of each page leads.
  package enum NextLink: String, Hashable, Sendable, CaseIterable {
    /// To the next page.
    case right
    /// To the next page, as a reference relative to the list.
    case relative
    /// To another host.
    case elsewhere
    /// To the same page.
    case `repeat`
    /// To something that is no URL.
    case invalid
  }

  package static let elsewhere = "https://elsewhere.example/users/sign_in"

  /// Default for whether the call takes effect.
  var appliesByDefault: Bool {
    switch self {
    case .close, .truncate, .garbage, .slow, .drip, .wrongID, .oversize, .empty, .pages: true
    case .status, .reset, .signInPage, .hang, .redirect, .refuse, .rateLimit, .rateLimitUntil: false
    }
  }
}
