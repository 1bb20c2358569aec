using Engine.Core.Expressions;
using Engine.Core.Types;

namespace Engine.Planner.Binding;

/// <summary>Literals of times that are told by a word, as of when the statement runs (PostgreSQL manual, "Special Values").</summary>
internal static class MomentWords
{
    /// <summary>What a word stands for as a date or a timestamp; null for other texts and types.</summary>
    public static Expression? TryBind(string? text, DataType type)
    {
        if (type.Kind is not (TypeKind.Date or TypeKind.Timestamp or TypeKind.TimestampTz))
        {
            return null;
        }

        var now = new Call("now", [], DataType.TimestampTz);
        return text?.Trim().ToLowerInvariant() switch
        {
            "now" => As(now, type),
            "today" => As(Day(now, 0), type),
            "tomorrow" => As(Day(now, 1), type),
            "yesterday" => As(Day(now, -1), type),
            _ => null,
        };
    }

    private static Call Day(Expression now, int offset) => new("+", [As(now, DataType.Date), new Literal(offset, DataType.Integer)], DataType.Date);

    private static Expression As(Expression value, DataType type) => value.Type.Equals(type) ? value : new Cast(value, type, IsTry: false);
}
