using System.Collections.Immutable;
using System.Text.Unicode;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Storage.Text;

namespace Engine.Storage.Json;

/// <summary>Reads the documents of one split.</summary>
internal sealed unsafe class JsonBatchSource : IBatchSource
{
    private const int BlockLength = 1 << 20;

    private readonly FileScan _scan;
    private readonly ScanContext _context;
    private readonly DataFile _file;
    private readonly JsonOptions _options;
    private readonly JsonFraming _framing;
    private readonly bool _areRecords;
    private readonly TextBlockReader _blocks;
    private readonly TextLines _lines;
    private readonly RowErrorSink _sink;
    private readonly long _end;
    private readonly JsonAppender?[] _appenders;
    private readonly JsonObjectReader _reader;
    private readonly RecordColumns _columns;
    private TextBlock? _block;
    private int _position;
    private bool _isInside;
    private bool _isValidUtf8;
    private bool _hasMismatch;
    private int _currentColumn;
    private int _currentStart;
    private bool _isDone;

    public JsonBatchSource(DataFile file, FileScan scan, ScanContext context, JsonOptions options, TextSource source, TextLines lines, long end)
    {
        _scan = scan;
        _context = context;
        _file = file;
        _options = options;
        _framing = options.Framing ?? JsonFraming.Lines;
        _areRecords = options.AreRecords ?? true;
        _lines = lines;
        _end = end;
        _sink = new RowErrorSink(file, scan, context);
        _blocks = new TextBlockReader(source, context.Pool, BlockLength, options.MaxDocumentLength);
        _columns = new RecordColumns(scan, context.Pool);
        _appenders = new JsonAppender?[scan.FileSchema.Count];
        foreach (var i in Enumerable.Range(0, scan.FileSchema.Count).Where(_columns.IsWanted))
        {
            _appenders[i] = JsonAppender.Create(ColumnBuilder.Create(scan.FileSchema[i].Type, context.Pool), options.Rules, ReportMismatch);
            _columns.Add(i, _appenders[i]!.Builder);
        }

        _reader = new JsonObjectReader([.. scan.FileSchema.Select(field => field.Name)], _appenders) { OnKey = column => _currentColumn = column };
        context.Metrics.AddPiecesRead(1);
    }

    public Batch? Next(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_sink.Collected.Count >= _context.BatchRowCount || (_isDone && _sink.Collected.Count > 0))
            {
                return RowErrorBatches.Take(_sink.Collected, _context.Pool);
            }

            if (_columns.RowCount >= _context.BatchRowCount || (_isDone && _columns.RowCount > 0))
            {
                if (_columns.Finish() is { } batch)
                {
                    _context.Metrics.AddRows(batch.RowCount);
                    return batch;
                }

                continue;
            }

            if (_isDone)
            {
                return null;
            }

            if (_block is null || !TryReadDocuments())
            {
                _isDone = !TryReadBlock();
            }
        }
    }

    public void Dispose()
    {
        _blocks.Dispose();
        _columns.Dispose();
    }

    private bool TryReadBlock()
    {
        if (_block is not null)
        {
            _lines.Pass(new ReadOnlySpan<byte>(_block.Buffer.Pointer, _position));
            _blocks.Consume(_position);
        }

        if (_isDone)
        {
            return false;
        }

        _block = _blocks.Next(out var isTooLong);
        if (isTooLong)
        {
            throw new QueryException(
                ErrorCodes.BadCopyFileFormat,
                $"file \"{_file.Path}\": a document is longer than {_options.MaxDocumentLength} bytes",
                hint: "Raise the option max_document_size.");
        }

        _position = 0;
        _isValidUtf8 = _block is not null && Utf8.IsValid(new ReadOnlySpan<byte>(_block.Buffer.Pointer, _block.Length));
        return _block is not null;
    }

    /// <summary>Reads until a batch is full; false when the block has no more whole documents.</summary>
    private bool TryReadDocuments()
    {
        var block = _block!;
        var text = new ReadOnlySpan<byte>(block.Buffer.Pointer + _position, block.Length - _position);
        var documents = new JsonDocuments(text, _framing, block.IsLast, _isInside);
        var origin = _position;
        var isWellFormed = true;
        while (documents.TryNext(out var document, out var start, out var isGood))
        {
            if (block.Offset + origin + start >= _end)
            {
                _isDone = true;
                return false;
            }

            _position = origin + documents.Position;
            _isInside = documents.IsInside;
            isWellFormed = isGood;
            _currentStart = origin + start;
            Read(document, isGood);
            if (_columns.RowCount >= _context.BatchRowCount || _sink.Collected.Count >= _context.BatchRowCount)
            {
                return true;
            }
        }

        _position = origin + documents.Position;
        if (block.IsLast && _framing == JsonFraming.Array && !documents.IsClosed && isWellFormed && (_isInside || !AsciiText.Trim(text).IsEmpty))
        {
            _sink.ReportRow(LineOf(block.Length), null, default, "the array of documents is not closed");
        }

        return false;
    }

    private void Read(ReadOnlySpan<byte> document, bool isGood)
    {
        _hasMismatch = false;
        var reason = !isGood ? "malformed JSON"
            : !_isValidUtf8 && !Utf8.IsValid(document) ? "invalid byte sequence for encoding UTF-8"
            : _areRecords && document[0] != '{' ? "the document is not an object"
            : null;
        if (reason is not null)
        {
            _hasMismatch = true;
            _sink.ReportRow(LineOf(_currentStart), null, document, reason);
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

        _columns.EndRecord(isKept: !(_hasMismatch && _sink.IsSkipping));
    }

    private void ReportMismatch(ReadOnlySpan<byte> value, DataType type)
    {
        _hasMismatch = true;
        _sink.ReportValue(LineOf(_currentStart), _scan.FileSchema[_currentColumn].Name, value, $"invalid input syntax for type {type}");
    }

    private long LineOf(int position) => _lines.LineAt(_block!.Offset + position, new ReadOnlySpan<byte>(_block.Buffer.Pointer, position));
}
