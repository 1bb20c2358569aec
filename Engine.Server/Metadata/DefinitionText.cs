using System.Globalization;
using Engine.Catalog;
using Engine.Catalog.Definitions;
using Engine.Catalog.Memory;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Types;

namespace Engine.Server.Metadata;

/// <summary>The statement that makes what there is, on one line, so that it can be taken out of any form of output.</summary>
internal static class DefinitionText
{
    public static string OfSchema(string schema) => $"CREATE SCHEMA {Field.Quote(schema)}";

    public static string Of(string catalog, CatalogEntry entry)
    {
        var name = $"{Field.Quote(entry.Schema)}.{Field.Quote(entry.Name)}";
        var temporary = catalog == MemoryCatalog.TemporaryName ? "TEMPORARY " : string.Empty;
        return entry switch
        {
            ViewEntry view => $"CREATE {temporary}VIEW {name} AS {view.Sql.Trim()}",
            TableEntry { Definition: { } table } => $"CREATE {temporary}TABLE {name} {List(Elements(table))}{Comment(table.Comment)}",
            TableEntry { Declaration: { } table, Source: FileTableSource { ErrorsOnly: false } } => External(name, table),
            _ => throw new QueryException(ErrorCodes.WrongObjectType, $"\"{entry.Name}\" is made by the engine; no statement creates it"),
        };
    }

    private static IEnumerable<string> Elements(MemoryTable table) =>
    [
        .. table.Columns.Select(column => $"{Field.Quote(column.Name)} {TypeOf(column)}{(column.IsNullable ? string.Empty : " NOT NULL")}"
            + $"{(column.Default is { } value ? $" DEFAULT {value}" : string.Empty)}{Comment(column.Comment)}"),
        .. table.Keys.Select(key => $"CONSTRAINT {Field.Quote(key.Name)} {(key.IsPrimary ? "PRIMARY KEY" : "UNIQUE")} {Names(key.Columns)}"),
        .. table.Checks.Select(check => $"CONSTRAINT {Field.Quote(check.Name)} CHECK ({check.Condition})"),
        .. table.ForeignKeys.Select(key => $"CONSTRAINT {Field.Quote(key.Name)} FOREIGN KEY {Names(key.Columns)} "
            + $"REFERENCES {Field.Quote(key.Schema)}.{Field.Quote(key.Table)} {Names(key.Key.Columns)}"),
    ];

    private static string TypeOf(TableColumn column) => (column.MaxLength ?? column.Precision, column.Type.ToString().Split(' ', 2)) switch
    {
        (null, _) => column.Type.ToString(),
        ({ } number, [var name]) => string.Create(CultureInfo.InvariantCulture, $"{name}({number})"),
        ({ } number, var words) => string.Create(CultureInfo.InvariantCulture, $"{words[0]}({number}) {words[1]}"),
    };

    private static string External(string name, TableDefinition table)
    {
        var columns = table.Columns is null ? string.Empty : $" {List(table.Columns.Select(column => column.ToString()))}";
        var location = table.Locations.Length == 1 ? table.Locations[0] : $"{{{string.Join(',', table.Locations)}}}";
        var format = table.Format is null ? string.Empty : $" FORMAT {table.Format}";
        var options = table.Options.Values.Select(option => (option.Key, option.Value))
            .Concat(table.OnError == OnError.Fail ? [] : [("on_error", table.OnError.ToString().ToLowerInvariant())])
            .Concat(table.EventTime is { } time ? [("event_time", time)] : [])
            .Select(option => $"{Field.Quote(option.Item1)} {Text(option.Item2)}")
            .ToList();
        return $"CREATE EXTERNAL TABLE {name}{columns} LOCATION {Text(location)}{format}{(options.Count == 0 ? string.Empty : $" OPTIONS {List(options)}")}";
    }

    private static string List(IEnumerable<string> elements) => $"({string.Join(", ", elements)})";

    private static string Names(IEnumerable<string> names) => $"({string.Join(", ", names.Select(Field.Quote))})";

    private static string Comment(string? text) => text is null ? string.Empty : $" COMMENT {Text(text)}";

    private static string Text(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
}
