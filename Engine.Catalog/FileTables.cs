using System.Collections.Immutable;
using Engine.Catalog.Paths;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Types;

namespace Engine.Catalog;

/// <summary>Makes tables of files: lists them, reads partition columns off their paths, and learns what is not declared from a sample.</summary>
public sealed class FileTables(IFileLister lister, IReadOnlyList<IFileFormat> formats)
{
    private static readonly ImmutableArray<string> CompressionSuffixes = [".gz", ".gzip", ".zst", ".zstd", ".lz4", ".br"];

    /// <summary>As <see cref="ITableResolver.FileFunctions"/>.</summary>
    public IReadOnlyDictionary<string, string> Functions { get; } =
        formats.ToImmutableSortedDictionary(format => format.FunctionName, format => format.Name, StringComparer.Ordinal);

    /// <summary>As <see cref="ITableResolver.OpenFiles"/>.</summary>
    public FileTableSource Open(IReadOnlyList<string> location, string? format, FormatOptions options, Schema? columns, CancellationToken cancellationToken)
    {
        var onError = OnError.Fail;
        if (options["on_error"] is { } choice)
        {
            onError = choice switch
            {
                "fail" => OnError.Fail,
                "null" => OnError.Null,
                "skip" => OnError.Skip,
                _ => throw new QueryException(ErrorCodes.InvalidParameterValue, $"on_error is fail, null or skip, not \"{choice}\""),
            };
            options = new FormatOptions(options.Values.Remove("on_error"));
        }

        var name = location.Count == 1 ? location[0] : $"{location[0]} and {location.Count - 1} more";
        return Open(name, location, format, options, columns, onError, cancellationToken);
    }

    /// <param name="name">What messages call the table.</param>
    /// <param name="locations">Path templates or globs.</param>
    /// <param name="formatName">A format's name, or null to tell by the first file's name.</param>
    /// <param name="options">As the user gave them; <c>on_error</c> and <c>hive_partitioning</c> are understood here.</param>
    /// <param name="columns">Declared columns, or null.</param>
    /// <param name="onError">What happens to values that do not fit.</param>
    /// <param name="cancellationToken">Ends the look at files.</param>
    public FileTableSource Open(
        string name,
        IReadOnlyList<string> locations,
        string? formatName,
        FormatOptions options,
        Schema? columns,
        OnError onError,
        CancellationToken cancellationToken)
    {
        var templates = locations.Select(PathTemplate.Parse).ToList();
        var files = new List<(DataFile File, PathTemplate Template)>();
        foreach (var template in templates)
        {
            files.AddRange(lister.List(template.Glob, cancellationToken).Select(file => (file, template)));
        }

        if (files.Count == 0)
        {
            throw new QueryException(ErrorCodes.UndefinedFile, $"no files match {string.Join(", ", locations)}");
        }

        var format = formatName is null ? FormatOf(files[0].File.Path) : FormatNamed(formatName);
        var (partitionFields, partitionValues) = Partitions(files);
        var declared = columns is null ? null : new Schema([.. columns.Where(column => !partitionFields.Any(partition => partition.Name == column.Name))]);
        var inferred = format.Infer([.. files.Select(file => file.File)], options, declared, cancellationToken);

        // A partition column hides a column of the same name inside the files.
        var fileSchema = inferred.Schema;
        return new FileTableSource(
            name,
            format.Name,
            inferred.Options,
            fileSchema,
            new Schema([.. partitionFields.Where(field => fileSchema.IndexOf(field.Name) < 0)]),
            [.. files.Select((file, i) => new PartitionedFile(file.File, Keep(partitionValues[i], partitionFields, fileSchema)))],
            onError)
        {
            AppliesConditions = format.AppliesConditions,
            Evidence = inferred.Evidence,
        };
    }

    /// <summary>As <see cref="ITableResolver.StatisticsOf"/>.</summary>
    public FileStatistics? StatisticsOf(FileTableSource table, ImmutableArray<int> columns, CancellationToken cancellationToken)
    {
        var format = FormatNamed(table.Format);
        FileStatistics? whole = null;
        foreach (var file in table.Files)
        {
            if (format.TryGetStatistics(file.File, table.Options, table.FileSchema, columns, cancellationToken) is not { } part)
            {
                return null;
            }

            whole = whole?.And(part) ?? part;
        }

        return whole;
    }

    private static ImmutableArray<string?> Keep(ImmutableArray<string?> values, ImmutableArray<Field> fields, Schema fileSchema) =>
        [.. values.Where((_, i) => fileSchema.IndexOf(fields[i].Name) < 0)];

    private static (ImmutableArray<Field> Fields, ImmutableArray<ImmutableArray<string?>> Values) Partitions(List<(DataFile File, PathTemplate Template)> files)
    {
        var first = files[0].Template.Columns;
        if (first.IsEmpty)
        {
            return HivePartitions.Read([.. files.Select(file => file.File.Path)]);
        }

        return files.All(file => file.Template.Columns.Select(column => column.Field).SequenceEqual(first.Select(column => column.Field)))
            ? ([.. first.Select(column => column.Field)], [.. files.Select(file => file.Template.Match(file.File.Path))])
            : throw new QueryException(ErrorCodes.InvalidTableDefinition, "all locations of a table name the same partition columns in the same order");
    }

    private IFileFormat FormatNamed(string name) => formats.FirstOrDefault(format => format.Name == name)
        ?? throw new QueryException(ErrorCodes.InvalidParameterValue, $"format \"{name}\" does not exist", hint: $"There are {string.Join(", ", formats.Select(format => format.Name))}.");

    private IFileFormat FormatOf(string path)
    {
        var suffix = CompressionSuffixes.FirstOrDefault(suffix => path.EndsWith(suffix, StringComparison.OrdinalIgnoreCase));
        var plain = suffix is null ? path : path[..^suffix.Length];
        return formats.FirstOrDefault(format => format.Claims(plain))
            ?? throw new QueryException(
                ErrorCodes.InvalidParameterValue,
                $"cannot tell the format of {path} by its name",
                hint: $"Name it with {string.Join(", ", formats.Select(format => format.FunctionName))}('{path}').");
    }
}
