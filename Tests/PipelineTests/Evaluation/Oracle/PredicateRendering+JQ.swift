import JSON
import Language

/// A term as a filter of `jq`, whose input is a connection as ``JQ/prelude`` prepares it.
extension Term {
  var jq: String {
    switch self {
    case .null: "null"
    case .flag(let value): "\(value)"
    case .number(let value): "\(value)"
    case .text(let text): JSON.string(text).text
    case .instant(let text): "(\"\(text)\" | instant)"
    case .date(let text): "(\"\(text)T00:00:00Z\" | instant)"
    case .span(_, let microseconds): "\(microseconds)"
    case .field(let name): ".\(name)"
    case .list(let terms): "[\(terms.map(\.jq).joined(separator: ", "))]"
    case .call(let name, let terms): Self.call("function_\(name)", terms)
    case .interpolation(let segments): "(\(segments.map(\.jq).joined(separator: " + ")))"
    default: operationJQ
    }
  }

  private var operationJQ: String {
    switch self {
    case .comparison(let comparison, let left, let right):
      Self.call(JQ.name(comparison), [left, right])
    case .matches(let term, let pattern):
      "found(\(term.jq); \(JSON.string(pattern.oniguruma).text); \(pattern.jqFlags))"
    case .between(let term, let low, let high):
      "(at_most(\(low.jq); \(term.jq)) and at_most(\(term.jq); \(high.jq)))"
    case .not(let term): "(\(term.jq) | not)"
    case .logical(let connective, let terms):
      "(\(terms.map(\.jq).joined(separator: " \(connective.rawValue) ")))"
    case .sum(let sign, let left, let right):
      Self.call(sign == .plus ? "plus" : "minus", [left, right])
    case .negated(let term): "minus(0; \(term.jq))"
    case .coalesce(let left, let right): Self.call("coalesce", [left, right])
    case .conditional(let condition, let then, let other):
      "(if \(condition.jq) then \(then.jq) else \(other.jq) end)"
    default: jq
    }
  }

  private static func call(_ name: String, _ terms: [Term]) -> String {
    terms.isEmpty ? name : "\(name)(\(terms.map(\.jq).joined(separator: "; ")))"
  }
}

extension Term.Segment {
  fileprivate var jq: String {
    switch self {
    case .text(let text): JSON.string(text).text
    case .value(.field(let name)) where RandomWorkspace.instantFields.contains(name):
      "(.raw.\(name) | shown)"
    case .value(let term): "(\(term.jq) | shown)"
    }
  }
}

extension RandomPattern {
  fileprivate var jqFlags: String { ignoresCase ? "\"i\"" : "\"\"" }
}

/// The definitions that the filters of `jq` use.
enum JQ {
  /// Returns a program that makes of a list's answer an array of ids for each predicate.
  static func program(_ predicates: [Term]) -> String {
    let filters = predicates.enumerated().map { "def p\($0): \($1.jq);" }
    let arrays = predicates.indices.map { "map(select(p\($0)).id)" }.joined(separator: ",\n")
    return ([prelude] + filters + ["map(prepared) | \(arrays)"]).joined(separator: "\n")
  }

  /// The name of the operator's filter in the prelude.
  static func name(_ comparison: ComparisonOperator) -> String {
    switch comparison {
    case .equal: "same"
    case .notEqual: "different"
    case .less: "less"
    case .lessOrEqual: "at_most"
    case .greater: "greater"
    case .greaterOrEqual: "at_least"
    case .isIn: "in_list"
    case .isNotIn: "not_in_list"
    case .has: "has_element"
    case .hasAny: "has_any"
    case .hasAll: "has_all"
    case .contains: "has_part"
    case .startsWith: "has_start"
    case .endsWith: "has_end"
    case .like: "alike"
    case .matches: "found"
    }
  }

  /// Comparisons with null are false but for `==` and `!=`; instants and lengths of time are
  /// microseconds; tags that are null are none.
  static let prelude = #"""
    def both($a; $b): $a != null and $b != null;
    def same($a; $b): $a == $b;
    def different($a; $b): $a != $b;
    def less($a; $b): both($a; $b) and $a < $b;
    def greater($a; $b): less($b; $a);
    def at_most($a; $b): both($a; $b) and $a <= $b;
    def at_least($a; $b): at_most($b; $a);
    def in_list($a; $list): both($a; $list) and any($list[]; . == $a);
    def not_in_list($a; $list): $a == null or all(($list // [])[]; . != $a);
    def has_element($list; $a): in_list($a; $list);
    def has_any($list; $wanted): any(($wanted // [])[]; in_list(.; $list));
    def has_all($list; $wanted): all(($wanted // [])[]; in_list(.; $list));
    def has_part($a; $b): both($a; $b) and ($a | contains($b));
    def has_start($a; $b): both($a; $b) and ($a | startswith($b));
    def has_end($a; $b): both($a; $b) and ($a | endswith($b));
    def found($a; $pattern; $flags): $a != null and ($a | test($pattern; $flags));
    def expression:
      explode | map(
        if . == 42 then "(?s:.*)" elif . == 63 then "(?s:.)"
        else (if . < 48 or (. > 57 and . < 65) or (. > 90 and . < 97) or (. > 122 and . < 127)
          then "\\" else "" end) + ([.] | implode) end) | "\\A" + join("") + "\\z";
    def alike($a; $pattern): both($a; $pattern) and found($a; $pattern | expression; "");
    def plus($a; $b): if both($a; $b) then $a + $b else null end;
    def minus($a; $b): if both($a; $b) then $a - $b else null end;
    def coalesce($a; $b): if $a == null then $b else $a end;
    def function_lower($a): $a | if . == null then . else ascii_downcase end;
    def function_upper($a): $a | if . == null then . else ascii_upcase end;
    def function_length($a): $a | length;
    def function_count($a): $a | length;
    def function_empty($a): $a == null or $a == "" or $a == [];
    def function_min($a; $b): if both($a; $b) then [$a, $b] | min else null end;
    def function_max($a; $b): if both($a; $b) then [$a, $b] | max else null end;
    def function_replace($a; $old; $new): $a | split($old) | join($new);
    def function_date($a): if $a == null then $a else ($a / 86400e6 | floor) * 86400e6 end;
    def shown: if . == null then "" elif type == "array" then join(";") else tostring end;
    def offset:
      if . == "Z" then 0
      else ((.[1:3] | tonumber) * 60 + (.[4:6] | tonumber))
        * (if .[0:1] == "-" then -60 else 60 end) end;
    def instant:
      if . == null then null
      else capture("^(?<clock>.{19})([.](?<fraction>[0-9]+))?(?<zone>.+)$")
      | ((.clock + "Z" | fromdate) - (.zone | offset)) * 1000000
        + ((.fraction // "") + "000000" | .[0:6] | tonumber) end;
    def function_now: "2026-01-31T10:00:00Z" | instant;
    def function_today: function_date(function_now);
    def function_ago($span): function_now - $span;
    def whole: if type == "string" then tonumber else . end;
    def texts: if type == "number" then tostring else . end;
    def prepared:
      . + {
        raw: ., provider: .application, external_id: (.external_id | texts),
        folder_id: (.folder_id | whole), parent_id: (.parent_id | whole),
        project_id: (.project_id | whole), created_at: (.created_at | instant),
        updated_at: (.updated_at | instant), authorized_at: (.authorized_at | instant),
        connection_lost_at: (.connection_lost_at | instant)
      }
      | .connected = (
          .authorization_status == "success"
          and (.connection_lost_at == null or less(.connection_lost_at; .authorized_at)));
    """#
}
