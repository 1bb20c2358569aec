using System.Globalization;

namespace Engine.Exec.Functions.Catalog;

/// <summary>What the number beside a type's number in PostgreSQL's catalog says: lengths, precisions.</summary>
internal static class TypeModifier
{
    private const int Header = 4;
    private const int MaxScale = 0x7FF;

    /// <summary>The name of a type with what its modifier says.</summary>
    /// <param name="oid">Its number.</param>
    /// <param name="name">Its SQL name.</param>
    /// <param name="modifier">-1 for none.</param>
    public static string Apply(long oid, string name, int modifier) => modifier < 0 ? name : oid switch
    {
        1042 or 1043 or 1014 or 1015 when modifier > Header => Within(name, modifier - Header),
        1700 or 1231 when modifier >= Header => Within(name, (modifier - Header) >> 16, (modifier - Header) & MaxScale),
        1083 or 1114 or 1184 or 1266 => name.Split(' ', 2) is [var first, var rest] ? $"{Within(first, modifier)} {rest}" : Within(name, modifier),
        _ => name,
    };

    private static string Within(string name, params ReadOnlySpan<int> numbers)
    {
        var isArray = name.EndsWith("[]", StringComparison.Ordinal);
        var texts = new List<string>();
        foreach (var number in numbers)
        {
            texts.Add(number.ToString(CultureInfo.InvariantCulture));
        }

        return $"{(isArray ? name[..^2] : name)}({string.Join(',', texts)}){(isArray ? "[]" : string.Empty)}";
    }
}
