using Engine.Core.Connectors;
using Engine.Core.Memory;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Storage.Csv.Sniffing;
using Engine.Storage.ObjectStores;
using Engine.Storage.Text;

namespace Engine.Storage.Csv;

/// <summary>Learns dialect, names and types from the start of files, and from places all over a large one.</summary>
internal sealed class CsvInference(IObjectStore store, MemoryPool pool, CsvOptions options, FormatOptions told, CancellationToken cancellationToken)
{
    /// <summary>Files that are looked at; of more, those spread evenly over the list.</summary>
    private const int MaxFiles = 32;

    /// <summary>Bytes of the files after the first, and of places inside a large one.</summary>
    private const int ProbeLength = 128 << 10;

    private const int ProbesPerFile = 8;

    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];
    private readonly List<ColumnGuess> _guesses = [];
    private bool _isPadded;

    public FormatInference Infer(IReadOnlyList<DataFile> files, Schema? declared)
    {
        declared ??= options.Columns;
        var sample = TextSource.ReadSample(store, files[0], options.SampleLength, cancellationToken);
        var encoding = options.Encoding ?? TextEncodings.Detect(sample);
        var text = TranscodingStream.Decode(sample, encoding);
        CsvDialect dialect;
        using (var first = new CsvSample(text, sample.Length < options.SampleLength, pool))
        {
            dialect = CsvSniffer.Sniff(first, options);
            LearnFrom(files[0], first, dialect, start: null);
        }

        Probe(files[0], dialect, encoding, sample.Length);
        foreach (var file in Spread(files))
        {
            var probe = TextSource.ReadSample(store, file, ProbeLength, cancellationToken);
            using var other = new CsvSample(TranscodingStream.Decode(probe, encoding), probe.Length < ProbeLength, pool);
            LearnFrom(file, other, dialect, start: null);
            Probe(file, dialect, encoding, probe.Length);
        }

        return Conclude(declared, dialect, encoding);
    }

    private FormatInference Conclude(Schema? declared, CsvDialect dialect, TextEncoding encoding)
    {
        var settled = CsvOptions.Settle(told, dialect, encoding);
        settled = _isPadded && !options.PadsWithNull ? settled.With("null_padding", "true") : settled;
        if (declared is not null)
        {
            return new FormatInference(declared, settled, [.. declared.Select(_ => (ColumnEvidence?)null)]);
        }

        if (!options.HasZerosRule && !options.AllVarchar)
        {
            settled = settled.With("leading_zeros", "text");
        }

        var fields = _names.Select((name, i) => new Field(name, options.AllVarchar ? DataType.Varchar : _guesses[i].Type));
        return new FormatInference(new Schema([.. fields]), settled, [.. _guesses.Select(guess => options.AllVarchar ? null : guess.Evidence)]);
    }

    private IEnumerable<DataFile> Spread(IReadOnlyList<DataFile> files)
    {
        var others = files.Count - 1;
        var count = Math.Min(others, MaxFiles - 1);
        return Enumerable.Range(1, count).Select(i => files[(int)((long)i * others / count)]);
    }

    /// <summary>Looks at records in the middle and at the end of a file that can be entered there.</summary>
    private void Probe(DataFile file, CsvDialect dialect, TextEncoding encoding, int seen)
    {
        if (file.Size <= seen || !TextSource.CanSeek(store, file, encoding, cancellationToken))
        {
            return;
        }

        var start = CsvFileStart.Read(store, file, dialect, encoding, options.MaxLineLength, pool, cancellationToken);
        var finder = new CsvRecordFinder(
            dialect, Math.Max(dialect.FieldCount, start.Names?.Length ?? _names.Count), start.DataStart, pool, () => TextSource.Open(store, file, encoding, null, cancellationToken));
        for (var i = 1; i <= ProbesPerFile; i++)
        {
            var place = seen + ((file.Size - seen - ProbeLength) * i / ProbesPerFile);
            if (place <= seen)
            {
                continue;
            }

            using var source = TextSource.Open(store, file, encoding, null, cancellationToken);
            source.Seek(finder.Find(place));
            var probe = new byte[ProbeLength];
            var length = source.Read(probe);
            using var sample = new CsvSample(probe.AsSpan(0, length), length < ProbeLength, pool);
            LearnFrom(file, sample, dialect, start);
        }
    }

    /// <summary>Takes the records of a sample into account; its header too, when it has the file's start.</summary>
    private void LearnFrom(DataFile file, CsvSample sample, CsvDialect dialect, CsvFileStart? start)
    {
        var begin = start is null ? CsvFileStart.SkipLines(sample.Text, dialect.SkippedLines, dialect.EndsAtReturn) : 0;
        using var rows = sample.Cut(dialect, begin, sample.Length);
        var first = 0;
        var names = start?.Names;
        if (start is null && dialect.HeaderRows > 0)
        {
            var header = new List<string[]>();
            for (; first < rows.Count && header.Count < dialect.HeaderRows; first++)
            {
                if (!rows.IsBlank(first) || rows.FieldCount(first) > 1)
                {
                    header.Add(ReadNames(rows, first));
                }
            }

            names = header.Count == 0 ? null : CsvHeader.Join(header);
        }

        var width = names is null ? MostCommonWidth(rows, first) : Math.Max(names.Length, dialect.FieldCount);
        _isPadded |= names is not null && IsAlwaysShorter(rows, first, width);
        var places = Place(CsvHeader.MakeUnique(names, width));
        var scratch = new ByteWriter();
        for (var row = first; row < rows.Count; row++)
        {
            if (rows.FieldCount(row) == 1 && width > 1)
            {
                continue;
            }

            for (var field = 0; field < Math.Min(width, rows.FieldCount(row)); field++)
            {
                var guess = _guesses[places[field]];
                var value = rows.Rows.Value(row, field, out var flags, scratch);
                if (Learn(guess, value, flags) is { } narrower)
                {
                    long? line = start is null ? CsvFileStart.CountLines(sample.Text[..rows.Start(row)], dialect.EndsAtReturn) + 1 : null;
                    guess.Blame(Offender.At(file.Path, line, value, narrower));
                }
            }
        }
    }

    private DataType? Learn(ColumnGuess guess, ReadOnlySpan<byte> value, uint flags)
    {
        var isNull = (flags & CsvIndex.Quoted) == 0 ? value.IsEmpty || value.SequenceEqual(options.Rules.NullText) : AsciiText.Trim(value).IsEmpty;
        if (!isNull)
        {
            return guess.Add(value, options.Rules);
        }

        guess.AddNull();
        return null;
    }

    private int[] Place(string[] names)
    {
        var places = new int[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            if (!_places.TryGetValue(names[i], out places[i]))
            {
                _places[names[i]] = places[i] = _names.Count;
                _names.Add(names[i]);
                _guesses.Add(new ColumnGuess());
            }
        }

        return places;
    }

    private static string[] ReadNames(CsvSampleRows rows, int row)
    {
        var scratch = new ByteWriter();
        return
        [
            .. Enumerable.Range(0, rows.FieldCount(row))
                .Select(field => System.Text.Encoding.UTF8.GetString(AsciiText.Trim(rows.Rows.Value(row, field, out _, scratch)))),
        ];
    }

    /// <summary>Whether all records leave the last columns out: then that is how the file is written, and no error.</summary>
    private static bool IsAlwaysShorter(CsvSampleRows rows, int first, int width)
    {
        var count = 0;
        for (var row = first; row < rows.Count; row++)
        {
            if (rows.FieldCount(row) >= width)
            {
                return false;
            }

            count += rows.IsBlank(row) ? 0 : 1;
        }

        return count > 1 && width > 1;
    }

    private static int MostCommonWidth(CsvSampleRows rows, int first)
    {
        var counts = new Dictionary<int, int>();
        for (var row = first; row < rows.Count; row++)
        {
            if (!rows.IsBlank(row))
            {
                counts[rows.FieldCount(row)] = counts.GetValueOrDefault(rows.FieldCount(row)) + 1;
            }
        }

        return counts.Count == 0 ? 1 : counts.OrderByDescending(entry => entry.Value).ThenByDescending(entry => entry.Key).First().Key;
    }
}
