using Engine.Core.Columns.Builders;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Storage.Text;

namespace Engine.Storage.Json;

/// <summary>Reads the documents of one split.</summary>
internal sealed unsafe class JsonBatchSource : RecordBatchSource
{
    private const int BlockLength = 1 << 20;

    private readonly JsonOptions _options;
    private readonly JsonFraming _framing;
    private readonly bool _areRecords;
    private readonly JsonAppender?[] _appenders;
    private readonly JsonObjectReader _reader;
    private bool _isInside;
    private bool _isValidUtf8;
    private bool _hasMismatch;
    private int _currentColumn;
    private int _currentStart;

    public JsonBatchSource(DataFile file, FileScan scan, ScanContext context, JsonOptions options, TextSource source, TextLines lines, long end)
        : base(file, scan, context, new TextBlockReader(source, context.Pool, BlockLength, options.MaxDocumentLength), lines, end)
    {
        _options = options;
        _framing = options.Framing ?? JsonFraming.Lines;
        _areRecords = options.AreRecords ?? true;
        _appenders = new JsonAppender?[scan.FileSchema.Count];
        foreach (var i in Enumerable.Range(0, scan.FileSchema.Count).Where(Columns.IsWanted))
        {
            _appenders[i] = JsonAppender.Create(ColumnBuilder.Create(scan.FileSchema[i].Type, context.Pool), options.Rules, ReportMismatch);
            Columns.Add(i, _appenders[i]!.Builder);
        }

        _reader = new JsonObjectReader([.. scan.FileSchema.Select(field => field.Name)], _appenders) { OnKey = column => _currentColumn = column };
    }

    protected override void OnBlock(TextBlock block) => _isValidUtf8 = Utf8Validator.IsValid(new ReadOnlySpan<byte>(block.Buffer.Pointer, block.Length));

    protected override QueryException TooLong() => new(
        ErrorCodes.BadCopyFileFormat,
        $"file \"{File.Path}\": a document is longer than {_options.MaxDocumentLength} bytes",
        hint: "Raise the option max_document_size.");

    protected override bool TryReadRecords(TextBlock block)
    {
        var text = new ReadOnlySpan<byte>(block.Buffer.Pointer + Position, block.Length - Position);
        var documents = new JsonDocuments(text, _framing, block.IsLast, _isInside);
        var origin = Position;
        var isWellFormed = true;
        while (documents.TryNext(out var document, out var start, out var isGood))
        {
            if (IsPastEnd(block, origin + start))
            {
                return false;
            }

            Position = origin + documents.Position;
            _isInside = documents.IsInside;
            isWellFormed = isGood;
            _currentStart = origin + start;
            Read(document, isGood);
            if (IsBatchFull)
            {
                return true;
            }
        }

        Position = origin + documents.Position;
        if (block.IsLast && _framing == JsonFraming.Array && !documents.IsClosed && isWellFormed && (_isInside || !AsciiText.Trim(text).IsEmpty))
        {
            Sink.ReportRow(LineOf(block.Length), null, default, "the array of documents is not closed");
        }

        return false;
    }

    private void Read(ReadOnlySpan<byte> document, bool isGood)
    {
        _hasMismatch = false;
        var reason = !isGood ? "malformed JSON"
            : !_isValidUtf8 && !Utf8Validator.IsValid(document) ? "invalid byte sequence for encoding UTF-8"
            : _areRecords && document[0] != '{' ? "the document is not an object"
            : null;
        if (reason is not null)
        {
            _hasMismatch = true;
            Sink.ReportRow(LineOf(_currentStart), null, document, reason);
            _reader.AppendNulls();
        }
        else if (_areRecords)
        {
            var position = 0;
            _reader.Read(document, ref position);
        }
        else if (_appenders[0] is { } appender)
        {
            var position = 0;
            _currentColumn = 0;
            appender.Append(document, ref position);
        }

        Columns.EndRecord(isKept: !(_hasMismatch && Sink.IsSkipping));
    }

    private void ReportMismatch(ReadOnlySpan<byte> value, DataType type)
    {
        _hasMismatch = true;
        ReportValue(_currentStart, _currentColumn, value, type);
    }
}
