/// Describes a number of seconds for a person: `about 38 s`, `about 5 min`, `about 3 days`.
package enum DurationText {
  package static func text(_ seconds: Double) -> String {
    switch seconds {
    case ..<1: "about a second"
    case ..<90: "about \(Int(seconds.rounded())) s"
    case ..<5400: "about \(Int((seconds / 60).rounded())) min"
    case ..<172_800: "about \((seconds / 360).rounded() / 10) h"
    case ..<31_536_000: "about \(Int((seconds / 86_400).rounded())) days"
    default: "more than a year"
    }
  }
}
