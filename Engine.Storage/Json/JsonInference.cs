using Engine.Core.Connectors;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Storage.ObjectStores;
using Engine.Storage.Text;

namespace Engine.Storage.Json;

/// <summary>Learns framing and schema of JSON files from the start of each.</summary>
internal sealed class JsonInference(IObjectStore store, JsonOptions options, FormatOptions told, CancellationToken cancellationToken)
{
    private const int MaxFiles = 32;
    private const int ProbeLength = 256 << 10;
    private const int MaxJudgedLines = 20;

    private readonly JsonShape _shape = new();
    private long _documents;

    public FormatInference Infer(IReadOnlyList<DataFile> files, Schema? declared)
    {
        declared ??= options.Columns;
        var sample = TextSource.ReadSample(store, files[0], options.SampleLength, cancellationToken);
        var encoding = options.Encoding ?? TextEncodings.Detect(sample);
        var text = TranscodingStream.Decode(sample, encoding);
        var isWhole = sample.Length < options.SampleLength;
        var framing = options.Framing ?? FindFraming(text, isWhole);
        Learn(files[0], text, framing, isWhole);
        for (var i = 1; i < Math.Min(files.Count, MaxFiles); i++)
        {
            var file = files[(int)((long)i * (files.Count - 1) / (Math.Min(files.Count, MaxFiles) - 1))];
            var probe = TextSource.ReadSample(store, file, ProbeLength, cancellationToken);
            Learn(file, TranscodingStream.Decode(probe, encoding), framing, probe.Length < ProbeLength);
        }

        // Files without a single key still make a table: one column, no rows or rows of empty objects.
        var areRecords = options.AreRecords ?? (declared is not null || (_shape.IsObject && _shape.Fields.Count > 0));
        var settled = JsonOptions.Settle(told, framing, areRecords, encoding);
        if (declared is not null)
        {
            return new FormatInference(declared, settled, [.. declared.Select(_ => (ColumnEvidence?)null)]);
        }

        return areRecords
            ? new FormatInference(
                new Schema([.. _shape.Fields.Select(field => new Field(field.Name, field.Shape.Type))]),
                settled,
                [.. _shape.Fields.Select(field => field.Shape.Evidence(_documents))])
            : new FormatInference(Schema.Of(new Field("json", _shape.Type)), settled, [_shape.Evidence(_documents)]);
    }

    /// <summary>An array by its bracket; lines when most of the first lines are documents by themselves.</summary>
    private static JsonFraming FindFraming(ReadOnlySpan<byte> text, bool isWhole)
    {
        var documents = new JsonDocuments(text, JsonFraming.Lines, isWhole, isInside: false);
        var good = 0;
        var lines = 0;
        while (lines < MaxJudgedLines && documents.TryNext(out _, out _, out var isGood))
        {
            good += isGood ? 1 : 0;
            lines++;
        }

        var start = 0;
        JsonSyntax.SkipBlanks(text, ref start);
        var isBracket = start < text.Length && text[start] == '[';
        if (good * 2 >= lines && good > 0 && !(isBracket && lines == 1))
        {
            return JsonFraming.Lines;
        }

        return isBracket ? JsonFraming.Array : JsonFraming.Concatenated;
    }

    private void Learn(DataFile file, ReadOnlySpan<byte> text, JsonFraming framing, bool isWhole)
    {
        var documents = new JsonDocuments(text, framing, isWhole, isInside: false);
        var scratch = new ByteWriter();
        var counted = 0;
        var line = 1L;
        while (documents.TryNext(out var document, out var start, out var isGood))
        {
            line += text[counted..start].Count((byte)'\n');
            counted = start;
            if (!isGood)
            {
                // The scan will report it; a schema can be learned from the others.
                continue;
            }

            _documents++;
            var position = 0;
            _shape.Add(document, ref position, scratch, options.Rules, new ValuePlace(file.Path, line));
        }
    }
}
