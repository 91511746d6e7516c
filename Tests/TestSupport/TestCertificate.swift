import Foundation

/// A certificate for one name that vouches for itself, and its key; both in PEM.
package struct TestCertificate: Sendable {
  package let file: URL
  package let key: URL

  /// The certificate in PEM.
  package var text: String { get throws { try String(contentsOf: file, encoding: .utf8) } }

  package struct Problem: Error {
    let message: String
  }

  package static func make(for name: String) async throws -> TestCertificate {
    let directory = try Program.makeScratch()
    let made = try await Program.shell(
      """
      openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 1 \
        -keyout key.pem -out certificate.pem -subj "/CN=$NAME" -addext "subjectAltName=DNS:$NAME"
      """, in: directory, environment: ["NAME": name])
    guard made.exitCode == 0 else { throw Problem(message: made.errors) }
    return TestCertificate(
      file: directory.appending(path: "certificate.pem"), key: directory.appending(path: "key.pem"))
  }
}
