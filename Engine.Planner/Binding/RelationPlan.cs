using Engine.Planner.Logical;

namespace Engine.Planner.Binding;

/// <summary>A plan under construction and the names of its columns.</summary>
internal sealed record RelationPlan(LogicalNode Root, Scope Scope);
