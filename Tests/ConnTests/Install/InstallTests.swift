import Foundation
import TestSupport
import Testing

/// `scripts/install`, in prefixes of every kind.
@Suite struct InstallTests {
  /// The result of a line; its directory is called `DIR`.
  private struct Result {
    let output: String
    let errors: String
    let exitCode: Int32
  }

  /// Runs a line of shell in a directory of its own; `install` is the script, and `program` a program
  /// to install.
  private func run(_ line: String) async throws -> Result {
    let directory = try Program.makeScratch()
    defer { try? FileManager.default.removeItem(at: directory) }
    let result = try await Program.shell(
      """
      install() { '\(Golden.root.path)/scripts/install' "$@"; }
      printf '#!/bin/sh\\necho 1.2.3\\n' > program; chmod +x program
      \(line)
      """, in: directory)
    return Result(
      output: result.output.replacing(directory.path, with: "DIR"),
      errors: result.errors.replacing(directory.path, with: "DIR"), exitCode: result.exitCode)
  }

  private static let files = [
    "bin/conn", "share/bash-completion/completions/conn", "share/conn/installed",
    "share/conn/maintenance/find-broken.conn", "share/doc/conn/LICENSE",
    "share/fish/vendor_completions.d/conn.fish", "share/man/man1/conn.1",
    "share/man/man5/conn-config.5", "share/man/man7/conn-language.7",
    "share/zsh/site-functions/_conn",
  ]

  @Test(arguments: ["new", "a prefix with 'blanks'", "deep/er/"])
  func everythingIsInstalledAndRemoved(_ prefix: String) async throws {
    let prefix = prefix.replacing("'", with: "'\\''")
    let result = try await run(
      """
      P='\(prefix)'; umask 077; install --prefix "$P" --binary program && "$P/bin/conn"
      (cd "$P"; find . -type f | sed 's,^./,,'; stat -c %a bin/conn share/man share/man/man1/conn.1)
      install --uninstall --prefix "$P"; find "$P" -mindepth 1
      """)
    let lines = result.output.split(separator: "\n").map(String.init)
    #expect(lines.first == "1.2.3")
    for file in Self.files { #expect(lines.contains(file)) }
    #expect(lines.suffix(3) == ["755", "755", "644"])
    #expect(result.errors.hasPrefix("installed in DIR/"))
    #expect(result.errors.contains("add it to your PATH: export PATH=\"DIR/"))
    #expect(result.errors.contains("\nremoved from DIR/"))
    #expect(result.exitCode == 0)
  }

  /// Only what was installed is removed, and directories only if they were made for it.
  @Test func othersFilesStay() async throws {
    let result = try await run(
      """
      mkdir -p p/bin p/share/man; touch p/bin/other
      install --prefix p --binary program; mkdir p/share/doc/other
      install --prefix p --binary program; install --uninstall --prefix p; find p | sort
      """)
    #expect(
      result.output
        == "p\np/bin\np/bin/other\np/share\np/share/doc\np/share/doc/other\np/share/man\n")
  }

  @Test func anUpgradeRemovesWhatTheOldVersionHadMore() async throws {
    let result = try await run(
      """
      install --prefix p --binary program; touch p/share/conn/old p/share/conn/own
      echo share/conn/old >> p/share/conn/installed; echo new > program
      install --prefix p --binary program; cat p/bin/conn; ls p/share/conn
      """)
    #expect(result.output == "new\ninstalled\nmaintenance\nown\n")
  }

  /// A list that somebody has changed removes nothing outside the prefix.
  @Test func aForgedListRemovesNothingElse() async throws {
    let result = try await run(
      """
      touch kept; install --prefix p --binary program
      printf '../kept\\n%s/kept\\nshare/../../kept\\n' "$PWD" >> p/share/conn/installed
      install --uninstall --prefix p; ls
      """)
    #expect(result.output == "kept\np\nprogram\n")
    #expect(result.exitCode == 0)
  }

  @Test(arguments: [
    ("install --nonsense", "error: unknown option: --nonsense\n   = help: scripts/install [", 2),
    ("install --prefix", "error: --prefix needs a value\n", 2),
    ("install --prefix '' --binary program", "error: --prefix needs a value\n", 2),
    ("install --prefix $'a\\nb' --binary program", "error: the prefix contains a line break\n", 2),
    ("install --prefix p --binary nothing", "error: nothing: no such file\n", 2),
    ("install --prefix p --binary .", "error: .: no such file\n", 2),
    (
      "chmod -x program; install --prefix p --binary program", "error: program is not executable\n",
      2
    ),
    ("install --prefix /proc/conn/a --binary program", "error: cannot create /proc/conn\n", 1),
    ("install --prefix /proc --binary program", "error: cannot write to /proc\n", 1),
    ("install --prefix program --binary program", "error: cannot create DIR/program\n", 1),
    (
      "mkdir -p p; touch p/share; install --prefix p --binary program",
      "error: cannot create DIR/p/share\n", 1
    ),
    (
      "mkdir -p p/bin/conn; install --prefix p --binary program",
      "error: DIR/p/bin/conn is a directory\n", 1
    ),
    ("install --uninstall --prefix p", "error: conn is not installed in DIR/p\n", 1),
    (
      "mkdir -p p/share/conn; touch p/share/conn/installed; install --uninstall --prefix p",
      "error: DIR/p/share/conn/installed lists no files\n", 1
    ),
  ])
  func anErrorInstallsNothing(_ line: String, _ error: String, _ code: Int32) async throws {
    let result = try await run(
      "find . -type d > before; \(line); code=$?; find p -type f 2>&1; exit $code")
    #expect(result.errors.hasPrefix(error), "\(result.errors)")
    #expect(result.exitCode == code)
    let left = result.output.split(separator: "\n")
      .filter { !["p/share", "p/share/conn/installed"].contains($0) && !$0.hasPrefix("find:") }
    #expect(left == [])
  }

  /// A user without rights installs nothing, and leaves nothing behind.
  @Test func aPrefixWithoutRightsIsLeftAsItWas() async throws {
    let result = try await run(
      """
      cd "$(TMPDIR=/tmp mktemp -d)"; chmod 755 .; trap 'rm -rf "$PWD"' EXIT
      mkdir -m 777 p; mkdir -m 555 p/bin; cp /bin/true program
      (cd '\(Golden.root.path)'; tar -cf - scripts/install scripts/maintenance man completions LICENSE docs) |
        tar -xf - --mode=a+rX
      user=; [ "$(id -u)" -ne 0 ] || user="setpriv --reuid=65534 --clear-groups"
      $user scripts/install --prefix p --binary program 2>&1 | sed "s,$PWD,DIR,"; find p | sort
      """)
    expectText(
      result.output,
      """
      error: cannot write to DIR/p/bin
         = help: choose a directory of yours: --prefix ~/.local, or use sudo
      p
      p/bin

      """)
  }
}
