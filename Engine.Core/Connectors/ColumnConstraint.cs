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
public sealed record ColumnConstraint(int Column, ConstraintOperator Operator, object? Value)
{
    /// <summary>Whether a row with this value may meet it.</summary>
    public bool MayAllow(object? value)
    {
        if (Operator == ConstraintOperator.IsNull)
        {
            return value is null;
        }

        if (value is null)
        {
            return false;
        }

        if (Operator == ConstraintOperator.IsNotNull || Value is null || Value.GetType() != value.GetType())
        {
            return true;
        }

        var order = value is string text ? string.CompareOrdinal(text, (string)Value) : ((IComparable)value).CompareTo(Value);
        return Operator switch
        {
            ConstraintOperator.Equal => order == 0,
            ConstraintOperator.NotEqual => order != 0,
            ConstraintOperator.Less => order < 0,
            ConstraintOperator.LessOrEqual => order <= 0,
            ConstraintOperator.Greater => order > 0,
            _ => order >= 0,
        };
    }
}
