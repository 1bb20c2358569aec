namespace Engine.Core.Types;

/// <summary>A named, typed place in a schema or row.</summary>
/// <param name="Name">As the source spells it.</param>
/// <param name="Type">The type of its values; every field may be NULL.</param>
/// <param name="IsHidden">Reachable by name but not part of <c>*</c>, as <c>$path</c> is.</param>
public sealed record Field(string Name, DataType Type, bool IsHidden = false)
{
    /// <summary>What clients are told of text; no part of what the column is.</summary>
    public TextForm Form { get; init; }

    public bool Equals(Field? other) => other is not null && Name == other.Name && Type.Equals(other.Type) && IsHidden == other.IsHidden;

    public override int GetHashCode() => HashCode.Combine(Name, Type, IsHidden);

    public override string ToString() => $"{Quote(Name)} {Type}";

    /// <summary>The name as SQL needs it: quoted unless it is a plain lower-case word.</summary>
    public static string Quote(string name)
    {
        var isPlain = name.Length > 0 && (name[0] is (>= 'a' and <= 'z') or '_') && name.All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '_');
        return isPlain ? name : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
