using System.Collections.Immutable;
using Engine.Core.Types;

namespace Engine.Core.Connectors;

/// <summary>What a sample of a table's files says.</summary>
/// <param name="Schema">Names and types of the columns in the files.</param>
/// <param name="Options">The options asked for and those settled by looking, such as a CSV dialect; reading with them needs no second look.</param>
/// <param name="Evidence">Why each column got its type; as long as the schema.</param>
public sealed record FormatInference(Schema Schema, FormatOptions Options, ImmutableArray<ColumnEvidence> Evidence);

/// <summary>What was seen of one column.</summary>
/// <param name="RowsSeen">Rows of the sample.</param>
/// <param name="NullCount">Of those, without a value.</param>
/// <param name="Offender">The first value that ruled a narrower type out, or null when none did.</param>
public sealed record ColumnEvidence(long RowsSeen, long NullCount, string? Offender);
