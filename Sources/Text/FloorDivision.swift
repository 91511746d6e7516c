/// Division that rounds towards minus infinity, which calendar arithmetic needs for times before
/// 1970.
extension BinaryInteger {
  @inlinable package func floorDivided(by divisor: Self) -> Self {
    (self - modulo(divisor)) / divisor
  }

  /// The remainder of ``floorDivided(by:)``; never negative for a positive divisor.
  @inlinable package func modulo(_ divisor: Self) -> Self {
    let rest = self % divisor
    return rest < 0 ? rest + divisor : rest
  }
}
