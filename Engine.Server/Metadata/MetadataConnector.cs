using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Connectors;
using Engine.Server.Metadata.SystemTables;
using Engine.Server.Sessions;

namespace Engine.Server.Metadata;

/// <summary>The rows of a metadata table, which are one piece.</summary>
public sealed record MetadataSplit : Split;

/// <summary>Reads the tables that tell of the engine, as one session sees it.</summary>
internal sealed class MetadataConnector(Session session) : ITableConnector
{
    public bool Reads(TableSource source) => source is MetadataTableSource;

    public IReadOnlyList<Split> ListSplits(TableSource source, ScanRequest request, CancellationToken cancellationToken) => [new MetadataSplit()];

    public IBatchSource Open(Split split, TableSource source, ScanRequest request, ScanContext context) => new Source(session, (MetadataTableSource)source, request, context);

    private static MetadataScope ScopeOf(Session session, MetadataTableSource source, MetadataTable table, ScanRequest request, CancellationToken cancellationToken)
    {
        var names = session.Names;
        var catalogs = SystemCatalog.Holds(source.Name) ? names.Catalogs
            : source.Catalog is null ? names.ReachableCatalogs.Prepend(names.Temporary).Distinct()
            : names.Catalogs.Where(catalog => catalog.Name == source.Catalog);
        var filter = new MetadataFilter(Allows(table.Places.Catalog), Allows(table.Places.Schema), Allows(table.Places.Relation), AllowsId(table.Places.RelationId));
        return new MetadataScope(session, [.. catalogs], filter, cancellationToken);

        Func<long, bool> AllowsId(int column)
        {
            var constraints = Constraints(column);
            return id => constraints.TrueForAll(constraint => constraint.MayAllow(id));
        }

        List<ColumnConstraint> Constraints(int column) => [.. request.Constraints.Where(constraint => constraint.Column == column)];

        Func<string, bool> Allows(int column)
        {
            var constraints = Constraints(column);
            return name => constraints.TrueForAll(constraint => constraint.MayAllow(name));
        }
    }

    private sealed class Source(Session session, MetadataTableSource source, ScanRequest request, ScanContext context) : IBatchSource
    {
        private IEnumerator<object?[]>? _rows;

        public Batch? Next(CancellationToken cancellationToken)
        {
            _rows ??= Start(cancellationToken);
            ImmutableArray<ColumnBuilder> builders = [.. request.Projection.Select(column => ColumnBuilder.Create(source.Schema[column].Type, context.Pool))];
            try
            {
                var count = 0;
                while (count < context.BatchRowCount && _rows.MoveNext())
                {
                    for (var i = 0; i < builders.Length; i++)
                    {
                        builders[i].AppendValue(_rows.Current[i]);
                    }

                    count++;
                }

                context.Metrics.AddRows(count);
                return count == 0 ? null : new Batch([.. builders.Select(builder => builder.Finish())], count);
            }
            finally
            {
                foreach (var builder in builders)
                {
                    builder.Dispose();
                }
            }
        }

        public void Dispose() => _rows?.Dispose();

        private IEnumerator<object?[]> Start(CancellationToken cancellationToken)
        {
            var table = SystemCatalog.Holds(source.Name) ? SystemCatalog.Table(source.Name) : MetadataSchema.Table(source.Name);
            return table.Read(ScopeOf(session, source, table, request, cancellationToken), request.Projection).GetEnumerator();
        }
    }
}
