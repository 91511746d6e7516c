import ConnectionsClient
import Evaluation
import Glibc
import Planning

/// Reads the file with the certificates to trust.
struct CertificateFileReader {
  let disk: SystemDisk

  /// Maximum size in bytes. The certificates of a whole system are a quarter of a megabyte.
  private static let limit = 16 << 20

  /// Throws with exit code 2 if the file is missing, could be changed by other users, or holds no
  /// certificates in PEM.
  func read(_ file: ServerRoute.CertificateFile) throws(RunError) -> TrustedCertificates {
    let bytes: [UInt8]
    do { bytes = try read(disk.resolved(file.path), named: file.path) } catch {
      throw RunError(.usage, "\(file.origin): \(error.message)", help: error.help)
    }
    guard let trusted = TrustedCertificates(pem: bytes) else {
      let problem = bytes.isEmpty ? "is empty" : "does not contain certificates in PEM"
      throw RunError(
        .usage, "\(file.origin): `\(file.path)` \(problem)",
        help: "a certificate begins with a line `-----BEGIN CERTIFICATE-----`")
    }
    return trusted
  }

  private func read(_ path: String, named name: String) throws(RunError) -> [UInt8] {
    let descriptor: Int32
    do { descriptor = try SystemFile.open(path, named: name) } catch {
      throw RunError(.usage, error.message)
    }
    defer { close(descriptor) }
    try TrustedFile.require(descriptor, path, named: name)
    guard let bytes = FileBytes.read(descriptor, limit: Self.limit) else {
      throw RunError(.usage, "cannot read `\(name)`: \(String(cString: strerror(errno)))")
    }
    guard bytes.count <= Self.limit else {
      throw RunError(.usage, "`\(name)` is too large for certificates (over 16 MiB)")
    }
    return bytes
  }
}
