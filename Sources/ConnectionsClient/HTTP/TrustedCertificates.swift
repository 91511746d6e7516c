import NIOSSL

/// The certificates of the authorities that a server's certificate must come from.
package struct TrustedCertificates: Sendable {
  let certificates: [NIOSSLCertificate]

  /// Reads certificates in PEM. Returns `nil` if there is none, or if one is malformed.
  package init?(pem: [UInt8]) {
    guard !pem.isEmpty, let certificates = try? NIOSSLCertificate.fromPEMBytes(pem) else {
      return nil
    }
    self.certificates = certificates
  }
}
