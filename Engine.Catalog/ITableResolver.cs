using System.Collections.Immutable;
using Engine.Core.Connectors;
using Engine.Core.Types;

namespace Engine.Catalog;

/// <summary>Where the planner learns about tables: the names that one session's statements may use.</summary>
public interface ITableResolver
{
    /// <summary>The entry of that name, or null. Names are matched exactly first, then without regard to case.</summary>
    /// <param name="name">The table's name with the catalog and schema that were written.</param>
    /// <param name="cancellationToken">Ends the look at files.</param>
    CatalogEntry? Find(TableName name, CancellationToken cancellationToken);

    /// <summary>The type that CREATE TYPE made under that name; null when there is none.</summary>
    DataType? FindType(TableName name) => null;

    /// <summary>The one row that tells where a sequence stands, as a relation of its name; null when there is none.</summary>
    ViewEntry? FindSequence(TableName name) => null;

    /// <summary>A table over files that no catalog declares.</summary>
    /// <param name="location">Paths or globs.</param>
    /// <param name="format">A format's name, or null to tell by the file name.</param>
    /// <param name="options">As the format understands them.</param>
    /// <param name="columns">Declared columns, or null to infer them.</param>
    /// <param name="cancellationToken">Ends the look at files.</param>
    TableSource OpenFiles(IReadOnlyList<string> location, string? format, FormatOptions options, Schema? columns, CancellationToken cancellationToken);

    /// <summary>What the files of a table say of themselves, all together and exactly; null when one of them would have to be scanned.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">Those that are asked about, as indexes into the schema of its files.</param>
    /// <param name="cancellationToken">Ends the look at files.</param>
    FileStatistics? StatisticsOf(FileTableSource table, ImmutableArray<int> columns, CancellationToken cancellationToken) => null;

    /// <summary>The names of tables and views that a name without catalog can reach: in one schema, or without one in the search path.</summary>
    IEnumerable<(string Schema, string Name, bool IsView)> List(string? schema);

    /// <summary>The table functions that read files, each with the name of the format that it reads them in.</summary>
    IReadOnlyDictionary<string, string> FileFunctions { get; }
}
