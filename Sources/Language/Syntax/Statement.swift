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
    case profile(SettingsBlock)
    case defaultProfile(Name)
    case test(SettingsBlock)
  }
}
