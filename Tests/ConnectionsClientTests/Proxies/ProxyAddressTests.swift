import API
import TestSupport
import Testing

/// Addresses of proxies and their exceptions, as curl reads them.
@Suite struct ProxyAddressTests {
  @Test(arguments: [
    ("http://proxy.example:3128", "proxy.example 3128", "http://proxy.example:3128"),
    ("proxy.example:3128", "proxy.example 3128", "http://proxy.example:3128"),
    ("HTTP://Proxy.Example", "proxy.example 1080", "http://proxy.example"),
    ("http://10.0.0.1:80/", "10.0.0.1 80", "http://10.0.0.1:80"),
    ("http://[::1]:80", "::1 80", "http://[::1]:80"),
    ("http://me:hunter2@p:1", "p 1 me hunter2", "http://p:1"),
    ("me@p:1", "p 1 me ", "http://p:1"),
    ("http://me:a%40b%3A%C3%A9@p:1", "p 1 me a@b:é", "http://p:1"),
    ("http://a@b:c@p:1", "p 1 a@b c", "http://p:1"),
  ])
  func readsAddresses(_ text: String, _ expected: String, _ shown: String) throws {
    let address = try ProxyAddress(text)
    let credentials = address.credentials.map { " \($0.user) \($0.password)" } ?? ""
    #expect("\(address.host) \(address.port)\(credentials)" == expected)
    #expect("\(address)" == shown)
  }

  /// A message never repeats the text, which may contain a password.
  @Test(arguments: [
    "", "http://", "http://p:0", "http://p:65536", "http://p:+80", "http://p:1/x", "http://p q",
    "http://hunter2@", "http://a:hunter2%4@p", "http://a:hunter2%zz@p", "http://a:%FFhunter2@p",
    "http://a%3Ab:hunter2@p", "http://[hunter2]", "hunter2:hunter2", "https://hunter2@p:1",
    "socks5://hunter2@p", "hunter2!://p", "http://p\u{0}:1", "http://hunter2:1@@",
  ])
  func rejectsOthersWithoutRepeatingThem(_ text: String) throws {
    let problem = #expect(throws: ProxyAddress.Problem.self) { _ = try ProxyAddress(text) }
    let message = try #require(problem?.description)
    #expect(message.contains("http://proxy.example:3128"))
    #expect(!message.contains("hunter2"))
  }

  @Test(arguments: [
    ("*", "a.example", true), ("*,b", "a.example", false), ("", "a.example", false),
    ("a.example", "a.example", true), ("example", "a.example", true),
    (".example", "a.example", true), (".a.example", "a.example", true),
    ("A.EXAMPLE.", "a.example", true), ("a.example", "a.example.", true),
    ("x a.example", "a.example", true), ("x,,\ta.example", "a.example", true),
    ("ample", "a.example", false), ("b.example", "a.example", false), (".", "a.example", false),
    ("a.example:443", "a.example", false), ("b.a.example", "a.example", false),
    ("10.0.0.1", "10.0.0.1", true), ("0.0.1", "10.0.0.1", false), ("10.0.0.2", "10.0.0.1", false),
    ("10.0.0.0/8", "10.200.3.4", true), ("10.0.0.0/8", "11.0.0.1", false),
    ("10.0.0.0/9", "10.127.0.1", true), ("10.0.0.0/9", "10.128.0.1", false),
    ("10.0.0.1/32", "10.0.0.1", true), ("10.0.0.1/33", "10.0.0.1", false),
    ("0.0.0.0/0", "10.0.0.1", true), ("10.0.0.0/x", "10.0.0.1", false),
    ("10.0.0.0/8/8", "10.0.0.1", false), ("0.0.0.0/0", "fd00::1", false),
    ("fd00::/8", "fd00::1", true), ("[fd00::1]", "fd00::1", true), ("fd00:0::1", "fd00::1", true),
    ("fe00::/8", "fd00::1", false), ("10.0.0.0/8", "ten.example", false),
  ])
  func knowsExceptions(_ text: String, _ host: String, _ expected: Bool) {
    #expect(ProxyExceptions(text).cover(host) == expected)
  }

  /// No text is a trap.
  @Test func readsAnyText() {
    var random = SystemRandomNumberGenerator()
    let pieces = [
      "http", "://", "@", ":", "[", "]", "%", "4", "a", ".", "/", "é", "\u{0}", " ", "::",
    ]
    for _ in 0..<20_000 {
      let text = (0..<Int.random(in: 0...9, using: &random)).map { _ in
        pieces.randomElement(using: &random) ?? ""
      }.joined()
      _ = try? ProxyAddress(text)
      _ = ProxyExceptions(text).cover(text)
      _ = ProxyExceptions(text + "/" + text).cover("10.0.0.1")
    }
  }
}
