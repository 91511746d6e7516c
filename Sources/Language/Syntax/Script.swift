/// What the parser made of a text: its statements in order.
package struct Script: Sendable {
  package let statements: [Statement]
}

/// One statement of a script.
package struct Statement: Sendable {
  package let kind: Kind
  package let span: SourceSpan

  package enum Kind: Sendable {
    case pipeline(Pipeline)
    case letPipeline(Name, Pipeline)
    case letExpression(Name, Expression)
    case parameter(ParameterDeclaration)
    case definition(Definition)
    case use(path: Name)
    case loop(Loop)
    case branch(Branch)
    case print(Expression)
    case profile(Profile)
    case defaultProfile(Name)
  }
}

/// `param name: type [= default]  ## documentation`.
package struct ParameterDeclaration: Sendable {
  package let name: Name
  package let type: ValueType
  package let defaultValue: Expression?
  package let documentation: String?
}

/// `def name(p: type) = stage | stage`: a macro of stages, for later pipelines.
package struct Definition: Sendable {
  package let name: Name
  package let parameters: [Parameter]
  package let stages: [Stage]
  package let documentation: String?

  /// `name: type`.
  package struct Parameter: Sendable {
    package let name: Name
    package let type: ValueType
  }
}

/// `for x in … { … }`.
package struct Loop: Sendable {
  package let variable: Name
  package let source: LoopSource
  package let body: Block

  package enum LoopSource: Sendable {
    case pipeline(Pipeline)
    case expression(Expression)
  }
}

/// `if condition { … } else { … }`.
package struct Branch: Sendable {
  package let condition: Expression
  package let then: Block
  package let otherwise: Otherwise?

  package indirect enum Otherwise: Sendable {
    case block(Block)
    /// `else if …`
    case branch(Branch)
  }
}

/// Statements between braces; what they bind ends with them.
package struct Block: Sendable {
  package let statements: [Statement]
  /// From brace to brace.
  package let span: SourceSpan
}

/// A name with its place.
package struct Name: Hashable, Sendable {
  package let text: String
  package let span: SourceSpan
}

/// A source and the stages that its rows pass.
package struct Pipeline: Sendable {
  package let source: Source
  package let stages: [Stage]
  package let span: SourceSpan
}

/// Where the rows of a pipeline come from.
package struct Source: Sendable {
  package let kind: Kind
  package let span: SourceSpan

  package enum Kind: Sendable {
    /// `list [all] [with runtime]`; its `where` stands as the first stage.
    case list(all: Bool, withRuntime: Bool)
    case get([Expression])
    case file(Expression)
    case variable(Name)
    /// `it`: the rows of the last result.
    case lastResult
    /// `create …` in first place: one row without fields, which the first stage turns into one.
    case nothing
    case invalid
  }
}

/// One step of a pipeline, with its arguments in one of the closed set of shapes.
package struct Stage: Sendable {
  package let name: Name
  package let arguments: Arguments
  package let span: SourceSpan

  package enum Arguments: Sendable {
    case none
    /// A diagnostic stands reported here; the rows behind it are of unknown shape.
    case invalid
    case predicate(Expression)
    case count(Expression)
    case columns([Column])
    case sortKeys([SortKey])
    case grouping(Grouping)
    case assignments([Assignment])
    case flags([Name])
    case file(Expression)
    case format(Name?)
    case expectation(Expectation)
    case rows(Source)
    /// The arguments of a definition.
    case invocation([Expression])
  }
}

/// `a`, `b as c` or `x = expr`.
package struct Column: Sendable {
  package let name: Name
  package let value: Expression
}

/// `by a, b [with count(), min(c)]`.
package struct Grouping: Sendable {
  package let keys: [Column]
  package let aggregates: [Aggregate]
}

/// What is computed of the rows of a group.
package struct Aggregate: Sendable {
  package let kind: Kind
  /// The column of the result.
  package let name: Name
  /// `nil` for a count.
  package let value: Expression?

  package enum Kind: String, CaseIterable, Sendable { case count, min, max }
}

/// `a [desc]`.
package struct SortKey: Sendable {
  package let value: Expression
  package let descending: Bool
}

/// `field = expr`.
package struct Assignment: Sendable {
  package let field: Name
  package let value: Expression
}

/// `count <op> n`, `all p` or `none p`, and a message.
package struct Expectation: Sendable {
  package let kind: Kind
  package let message: Expression?

  package enum Kind: Sendable {
    case count(ComparisonOperator, Expression)
    case all(Expression)
    case none(Expression)
  }
}
