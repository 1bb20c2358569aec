using System.Collections.Immutable;
using Engine.Core.Connectors;
using Engine.Core.Types;

namespace Engine.Catalog.Definitions;

/// <summary>A table as a catalog file declares it.</summary>
/// <param name="Name">As written.</param>
/// <param name="Locations">Path templates or globs, relative to the catalog file's folder.</param>
/// <param name="Format">A format's name, or null to tell by the file names.</param>
/// <param name="Columns">Declared columns, or null to infer them.</param>
/// <param name="Options">What else the format is told.</param>
/// <param name="OnError">What happens to values that do not fit.</param>
/// <param name="EventTime">The column that says when a row happened, or null.</param>
public sealed record TableDefinition(
    string Name,
    ImmutableArray<string> Locations,
    string? Format,
    Schema? Columns,
    FormatOptions Options,
    OnError OnError,
    string? EventTime);

/// <summary>A view as a catalog file declares it.</summary>
public sealed record ViewDefinition(string Name, string Sql);

/// <summary>What one catalog file declares.</summary>
/// <param name="Name">The schema's name: the file's name without suffix.</param>
/// <param name="Folder">Where relative locations start.</param>
/// <param name="Tables">In the order of the file.</param>
/// <param name="Views">In the order of the file.</param>
public sealed record SchemaDefinition(string Name, string Folder, ImmutableArray<TableDefinition> Tables, ImmutableArray<ViewDefinition> Views);
