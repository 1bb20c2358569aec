using Engine.Planner.Logical;

namespace Engine.Planner.Rules.Joins;

/// <summary>A way to join a set of inputs.</summary>
/// <param name="Set">The inputs, as bits.</param>
/// <param name="Relation">The input, of one that is not joined yet.</param>
/// <param name="Left">The larger side of a join.</param>
/// <param name="Right">The smaller side.</param>
/// <param name="Rows">Rows it may give.</param>
/// <param name="Cost">Rows that its joins give and take in, all together.</param>
internal sealed record JoinPlan(ulong Set, LogicalNode? Relation, JoinPlan? Left, JoinPlan? Right, double Rows, double Cost);
