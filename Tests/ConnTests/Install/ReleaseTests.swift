import Foundation
import TestSupport
import Testing

/// `scripts/release`, with programs that are built already.
@Suite struct ReleaseTests {
  /// Runs a line of shell in a directory of its own. `release` is the script, and `tiny` a program that
  /// prints a version.
  private func run(_ line: String) async throws -> Program.Result {
    let directory = try Program.makeScratch()
    defer { try? FileManager.default.removeItem(at: directory) }
    return try await Program.shell(
      """
      release() { '\(Golden.root.path)/scripts/release' "$@"; }
      echo 'int puts(const char *); int main(void) { return puts("1.2.3") < 0; }' |
        clang -x c -O1 -o tiny - && strip tiny
      \(line)
      """, in: directory,
      environment: [
        "SOURCE_DATE_EPOCH": "1770000000", "DEBFULLNAME": "A B", "DEBEMAIL": "a@b.example",
        "DPKG_DEB_COMPRESSOR_TYPE": "gzip", "DPKG_DEB_COMPRESSOR_LEVEL": "1",
      ])
  }

  @Test func twoReleasesAreTheSameBytes() async throws {
    let result = try await run(
      """
      release --binary tiny --out a; sleep 1; umask 077; cp tiny other; TZ=Asia/Tokyo release --binary other --out b
      diff -r a b && (cd b; sha256sum -c SHA256SUMS; LC_ALL=C ls)
      """)
    #expect(result.exitCode == 0, "\(result.errors)")
    let names = ["conn-1.2.3-linux-ARCH.tar.gz", "conn_1.2.3_ARCH.deb"]
    let output = result.output.replacing(/(amd|arm)64/, with: "ARCH")
    let listed = (["SHA256SUMS"] + names).joined(separator: "\n") + "\n"
    expectText(
      output,
      listed + listed + names.map { "\($0): OK\n" }.joined() + listed)
  }

  @Test func lintianFindsNoErrors() async throws {
    let result = try await run(
      """
      release --binary tiny --out . >&2
      lintian --allow-root --fail-on error --tag-display-limit 0 *.deb; echo $?
      dpkg-deb -f *.deb Package Version Maintainer Depends; dpkg-deb -c *.deb | awk '{ print $2 }' | sort -u
      dpkg-deb -c *.deb | awk '{ print $1 }' | sort -u
      """)
    let lines = result.output.split(separator: "\n").map(String.init)
    #expect(!lines.contains { $0.hasPrefix("E:") }, "\(result.output)")
    #expect(lines.contains("0"))
    #expect(lines.contains("Maintainer: A B <a@b.example>"))
    #expect(lines.contains { $0.hasPrefix("Depends: libc6 (>= ") })
    #expect(lines.suffix(4) == ["root/root", "-rw-r--r--", "-rwxr-xr-x", "drwxr-xr-x"])
  }

  /// The archive brings its own installer.
  @Test func theArchiveInstallsItself() async throws {
    let result = try await run(
      """
      release --binary tiny --out . >&2; tar -xf *.tar.gz; conn-1.2.3-*/scripts/install --prefix p
      p/bin/conn; ls p/share/man; tar --numeric-owner -tvf *.tar.gz | awk '{ print $2, $4 }' | sort -u
      """)
    #expect(result.output == "1.2.3\nman1\nman5\nman7\n0/0 2026-02-02\n", "\(result.errors)")
  }

  /// The main job, from a package installed in an empty root.
  @Test func thePackageWorksInAnEmptyRoot() async throws {
    let result = try await run(
      """
      cp '\(Program.binary.path)' tiny; strip tiny; release --binary tiny --out . >&2
      mkdir -p root/var/lib/dpkg/{info,updates}; touch root/var/lib/dpkg/status
      fakeroot dpkg --root="$PWD/root" --force-depends --force-not-root -i ./*.deb > log 2>&1 || cat log >&2
      export PATH="$PWD/root/usr/bin:$PATH"; command -v conn | sed 's,.*/root/,root/,'
      conn eval --simulator 'list where tags has "tag-legacy" | disconnect force | select id, outcome' \\
        --yes --max-writes 5
      conn run --simulator root/usr/share/conn/maintenance/find-broken.conn --output ids | head -1
      zcat root/usr/share/man/man1/conn.1.gz | head -2 | tail -1 | cut -c1-9; ls root/usr/share/doc/conn
      """)
    expectText(
      result.output,
      """
      root/usr/bin/conn
      {"id":1204,"outcome":"done"}
      {"id":1207,"outcome":"done"}
      {"id":1211,"outcome":"done"}
      {"id":1214,"outcome":"done"}
      {"id":1219,"outcome":"done"}
      3007
      .TH CONN 
      changelog.gz
      copyright
      dependencies.md

      """)
    #expect(result.exitCode == 0, "\(result.errors)")
  }

  @Test(arguments: [
    ("release --nonsense", "error: unknown option: --nonsense\n   = help: scripts/release [", 2),
    ("release --out", "error: --out needs a value\n", 2),
    ("release --binary nothing", "error: nothing: no such file\n", 2),
    (
      "release --binary /bin/true",
      "error: /bin/true is not conn: --version doesn't print a version\n", 2
    ),
    ("release --binary tiny --out /proc/conn", "error: cannot write to /proc/conn\n", 1),
    ("release --binary tiny --out tiny", "error: cannot write to tiny\n", 1),
  ])
  func anErrorMakesNothing(_ line: String, _ error: String, _ code: Int32) async throws {
    let result = try await run("\(line); code=$?; ls; exit $code")
    #expect(result.errors.contains(error), "\(result.errors)")
    #expect(result.exitCode == code)
    #expect(result.output == "tiny\n")
  }
}
