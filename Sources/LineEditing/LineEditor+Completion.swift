import CReadline
import Glibc

/// Completion, as readline asks for it.
extension LineEditor {
  /// Returns the candidates in readline's format: their common prefix, then each of them.
  static let complete:
    @convention(c) (UnsafePointer<CChar>?, Int32, Int32) ->
      UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = { _, start, end in
        conn_rl_take_completion()
        let matches = MainActor.assumeIsolated {
          LineEditor.shared.matches(from: Int(start), to: Int(end))
        }
        guard !matches.isEmpty else { return nil }
        let list = calloc(matches.count + 1, MemoryLayout<UnsafeMutablePointer<CChar>?>.stride)
        let array = list?.bindMemory(
          to: UnsafeMutablePointer<CChar>?.self, capacity: matches.count + 1)
        for (index, match) in matches.enumerated() { array?[index] = strdup(match) }
        return array
      }

  private func matches(from start: Int, to end: Int) -> [String] {
    guard let text = String(validatingCString: conn_rl_line()),
      let found = assistant?.completion(of: text, cursor: end), found.start >= start,
      !found.candidates.isEmpty
    else { return [] }
    completion = found
    let before = String(decoding: Array(text.utf8)[start..<found.start], as: UTF8.self)
    if found.candidates.count == 1 { return [before + found.candidates[0]] }
    return [before + found.common] + found.candidates.map { before + $0 }
  }

  static let showCandidates:
    @convention(c) (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?, Int32, Int32) -> Void = {
      _, _, _ in
      MainActor.assumeIsolated {
        let editor = LineEditor.shared
        editor.say(editor.completion?.listing ?? "")
      }
    }
}
