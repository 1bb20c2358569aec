namespace Engine.Core.Connectors;

/// <summary>How a constraint compares.</summary>
public enum ConstraintOperator : byte
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    IsNull,
    IsNotNull,
}

/// <summary>
/// A condition on one column that every row of the answer meets: for skipping files, row groups and blocks. Sources may ignore it, the filter
/// above the scan stays.
/// </summary>
/// <param name="Column">Index in the schema that the holder of the constraint speaks of.</param>
/// <param name="Operator">Value in the file, operator, <paramref name="Value"/>.</param>
/// <param name="Value">Managed form (see <see cref="Columns.ColumnValue"/>) in the column's type; null for the NULL tests.</param>
public sealed record ColumnConstraint(int Column, ConstraintOperator Operator, object? Value);
