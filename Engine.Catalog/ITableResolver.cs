using System.Collections.Immutable;
using Engine.Core.Connectors;
using Engine.Core.Types;

namespace Engine.Catalog;

/// <summary>What a name in FROM stands for.</summary>
public abstract record CatalogEntry(string Schema, string Name);

/// <summary>A table: how to read it.</summary>
public sealed record TableEntry(string Schema, string Name, TableSource Source) : CatalogEntry(Schema, Name);

/// <summary>A view: the query it stands for.</summary>
public sealed record ViewEntry(string Schema, string Name, string Sql) : CatalogEntry(Schema, Name);

/// <summary>Where the planner learns about tables.</summary>
public interface ITableResolver
{
    /// <summary>The entry of that name, or null. Names are matched exactly first, then without regard to case.</summary>
    CatalogEntry? Find(string? schema, string name, CancellationToken cancellationToken);

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

    /// <summary>All names of a schema, or of all schemas: for SHOW TABLES, completion and near-name hints.</summary>
    IEnumerable<(string Schema, string Name, bool IsView)> List(string? schema);

    IEnumerable<string> Schemas { get; }

    /// <summary>The table functions that read files, each with the name of the format that it reads them in.</summary>
    IReadOnlyDictionary<string, string> FileFunctions { get; }
}
