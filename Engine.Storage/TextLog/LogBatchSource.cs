using System.Collections.Immutable;
using Engine.Core.Columns;
using Engine.Core.Columns.Builders;
using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Text.Regex;
using Engine.Core.Types;
using Engine.Storage.Text;

namespace Engine.Storage.TextLog;

/// <summary>Reads the lines of one split with a pattern.</summary>
internal sealed unsafe class LogBatchSource : IBatchSource
{
    private const int BlockLength = 512 << 10;

    private readonly DataFile _file;
    private readonly FileScan _scan;
    private readonly ScanContext _context;
    private readonly LogOptions _options;
    private readonly ByteRegexMatcher _matcher;
    private readonly ByteRegexMatcher? _startMatcher;
    private readonly TextBlockReader _blocks;
    private readonly TextLines _lines;
    private readonly RowErrorSink _sink;
    private readonly long _end;
    private readonly FieldAppender?[] _appenders;
    private readonly int[] _groups;
    private readonly int _textColumn;
    private readonly RecordColumns _columns;
    private TextBlock? _block;
    private int _position;
    private bool _isDone;

    public LogBatchSource(DataFile file, FileScan scan, ScanContext context, LogOptions options, TextSource source, TextLines lines, long end)
    {
        _file = file;
        _scan = scan;
        _context = context;
        _options = options;
        _lines = lines;
        _end = end;
        _matcher = options.Pattern.Regex.CreateMatcher();
        _startMatcher = options.RecordStart?.CreateMatcher();
        _sink = new RowErrorSink(file, scan, context);
        _blocks = new TextBlockReader(source, context.Pool, BlockLength, options.MaxLineLength);
        _columns = new RecordColumns(scan, context.Pool);
        _appenders = new FieldAppender?[scan.FileSchema.Count];
        _groups = new int[scan.FileSchema.Count];
        _textColumn = -1;
        for (var i = 0; i < _appenders.Length; i++)
        {
            var place = options.Pattern.Columns.IndexOf(scan.FileSchema[i].Name);
            _groups[i] = place < 0 ? -1 : options.Pattern.Groups[place];
            if (_columns.IsWanted(i))
            {
                _appenders[i] = FieldAppender.Create(scan.FileSchema[i], options.TimestampPattern, context.Pool);
                _columns.Add(i, _appenders[i]!.Builder);
            }

            _textColumn = place >= 0 && scan.FileSchema[i].Type.Kind == TypeKind.Varchar && (_textColumn < 0 || _groups[i] > _groups[_textColumn]) ? i : _textColumn;
        }

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

            if (_block is null || !TryReadRecords())
            {
                _isDone |= !TryReadBlock();
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
        _position = 0;
        return isTooLong
            ? throw new QueryException(ErrorCodes.BadCopyFileFormat, $"file \"{_file.Path}\": a record is longer than {_options.MaxLineLength} bytes")
            : _block is not null;
    }

    /// <summary>Reads until a batch is full; false when the block has no more whole records.</summary>
    private bool TryReadRecords()
    {
        var block = _block!;
        var text = new ReadOnlySpan<byte>(block.Buffer.Pointer, block.Length);
        while (TryFindLine(text, _position, block.IsLast, out var lineEnd, out var next))
        {
            if (block.Offset + _position >= _end)
            {
                _isDone = true;
                return false;
            }

            var recordEnd = lineEnd;
            if (_options.IsMultiline && !TryFindRecordEnd(text, block.IsLast, ref recordEnd, ref next))
            {
                return false;
            }

            ReadRecord(text, _position, lineEnd, recordEnd);
            _position = next;
            if (_columns.RowCount >= _context.BatchRowCount || _sink.Collected.Count >= _context.BatchRowCount)
            {
                return true;
            }
        }

        return false;
    }

    private static bool TryFindLine(ReadOnlySpan<byte> text, int start, bool isLast, out int end, out int next)
    {
        end = next = text.Length;
        if (start >= text.Length)
        {
            return false;
        }

        var length = text[start..].IndexOf((byte)'\n');
        if (length < 0 && !isLast)
        {
            return false;
        }

        end = length < 0 ? text.Length : start + length;
        next = length < 0 ? text.Length : end + 1;
        end -= end > start && text[end - 1] == '\r' ? 1 : 0;
        return true;
    }

    /// <summary>Adds the lines that go on a record; false when more text is needed to tell.</summary>
    private bool TryFindRecordEnd(ReadOnlySpan<byte> text, bool isLast, ref int recordEnd, ref int next)
    {
        while (true)
        {
            if (next >= text.Length)
            {
                return isLast;
            }

            if (!TryFindLine(text, next, isLast, out var lineEnd, out var following))
            {
                return false;
            }

            var line = text[next..lineEnd];
            if (_startMatcher?.TryFind(line) ?? _matcher.TryMatchWhole(line))
            {
                return true;
            }

            recordEnd = lineEnd;
            next = following;
        }
    }

    private void ReadRecord(ReadOnlySpan<byte> text, int start, int lineEnd, int recordEnd)
    {
        var line = text[start..lineEnd];
        var isGood = _matcher.TryMatchWhole(line);
        if (line.IsEmpty && !isGood && recordEnd == lineEnd)
        {
            // A blank line is no record, unless the pattern takes it for one.
            return;
        }

        var isWhole = isGood;
        if (!isGood)
        {
            _sink.ReportRow(LineOf(start), null, line, "line does not match the pattern");
        }

        for (var i = 0; i < _appenders.Length; i++)
        {
            if (_appenders[i] is { } appender)
            {
                isWhole &= Append(appender, i, text, start, recordEnd, isGood);
            }
        }

        _columns.EndRecord(isKept: isWhole || !_sink.IsSkipping);
    }

    private bool Append(FieldAppender appender, int column, ReadOnlySpan<byte> text, int start, int recordEnd, bool isMatch)
    {
        var group = _groups[column];
        if (!isMatch || group < 0 || _matcher.GroupStart(group) < 0)
        {
            appender.Builder.AppendNull();
            return true;
        }

        var value = text[(start + _matcher.GroupStart(group))..(column == _textColumn && recordEnd > start + _matcher.GroupEnd(0) ? recordEnd : start + _matcher.GroupEnd(group))];
        if (appender.TryAppend(value))
        {
            return true;
        }

        _sink.ReportValue(LineOf(start), _scan.FileSchema[column].Name, value, $"invalid input syntax for type {_scan.FileSchema[column].Type}");
        return false;
    }

    private long LineOf(int position) => _lines.LineAt(_block!.Offset + position, new ReadOnlySpan<byte>(_block.Buffer.Pointer, position));
}
