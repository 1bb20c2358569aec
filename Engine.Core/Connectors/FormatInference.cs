using System.Collections.Immutable;
using Engine.Core.Types;

namespace Engine.Core.Connectors;

/// <summary>What a sample of a table's files says.</summary>
/// <param name="Schema">Names and types of the columns in the files.</param>
/// <param name="Options">The options asked for and those settled by looking, such as a CSV dialect; reading with them needs no second look.</param>
/// <param name="Evidence">Why each column got its type; as long as the schema. Null for columns that nothing was inferred of, as they were declared.</param>
public sealed record FormatInference(Schema Schema, FormatOptions Options, ImmutableArray<ColumnEvidence?> Evidence);

/// <summary>What was seen of one column.</summary>
/// <param name="RowsSeen">Rows of the sample.</param>
/// <param name="NullCount">Of those, without a value.</param>
/// <param name="Offender">The first value that ruled a narrower type out, or null when none did.</param>
public sealed record ColumnEvidence(long RowsSeen, long NullCount, Offender? Offender);

/// <summary>A value that a column's type had to be widened for.</summary>
/// <param name="Path">The file that has it.</param>
/// <param name="Line">Its line there, from 1; null where a place in the middle of the file was looked at, whose lines were not counted.</param>
/// <param name="Value">As it stands in the file, shortened.</param>
/// <param name="Narrower">The type that the column had until then.</param>
public sealed record Offender(string Path, long? Line, string Value, DataType Narrower)
{
    private const int MaxValueLength = 100;

    public static Offender At(string path, long? line, ReadOnlySpan<byte> value, DataType narrower) =>
        new(path, line, System.Text.Encoding.UTF8.GetString(value[..Math.Min(value.Length, MaxValueLength)]), narrower);
}
