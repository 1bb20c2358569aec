using Engine.Core.Connectors;
using Engine.Core.Errors;
using Engine.Core.Text.Regex;
using Engine.Core.Types;
using Engine.Storage.Text;

namespace Engine.Storage.TextLog;

/// <summary>Reads the lines of one split with a pattern.</summary>
internal sealed unsafe class LogBatchSource : RecordBatchSource
{
    private const int BlockLength = 512 << 10;

    private readonly LogOptions _options;
    private readonly ByteRegexMatcher _matcher;
    private readonly ByteRegexMatcher? _startMatcher;
    private readonly FieldAppender?[] _appenders;
    private readonly int[] _groups;
    private readonly int _textColumn;

    public LogBatchSource(DataFile file, FileScan scan, ScanContext context, LogOptions options, TextSource source, TextLines lines, long end)
        : base(file, scan, context, new TextBlockReader(source, context.Pool, BlockLength, options.MaxLineLength), lines, end)
    {
        _options = options;
        _matcher = options.Pattern.Regex.CreateMatcher();
        _startMatcher = options.RecordStart?.CreateMatcher();
        _appenders = new FieldAppender?[scan.FileSchema.Count];
        _groups = new int[scan.FileSchema.Count];
        _textColumn = -1;
        for (var i = 0; i < _appenders.Length; i++)
        {
            var place = options.Pattern.Columns.IndexOf(scan.FileSchema[i].Name);
            _groups[i] = place < 0 ? -1 : options.Pattern.Groups[place];
            if (Columns.IsWanted(i))
            {
                _appenders[i] = FieldAppender.Create(scan.FileSchema[i], options.TimestampPattern, context.Pool);
                Columns.Add(i, _appenders[i]!.Builder);
            }

            _textColumn = place >= 0 && scan.FileSchema[i].Type.Kind == TypeKind.Varchar && (_textColumn < 0 || _groups[i] > _groups[_textColumn]) ? i : _textColumn;
        }
    }

    protected override QueryException TooLong() =>
        new(ErrorCodes.BadCopyFileFormat, $"file \"{File.Path}\": a record is longer than {_options.MaxLineLength} bytes");

    protected override bool TryReadRecords(TextBlock block)
    {
        var text = new ReadOnlySpan<byte>(block.Buffer.Pointer, block.Length);
        while (TryFindLine(text, Position, block.IsLast, out var lineEnd, out var next))
        {
            if (IsPastEnd(block, Position))
            {
                return false;
            }

            var recordEnd = lineEnd;
            if (_options.IsMultiline && !TryFindRecordEnd(text, block.IsLast, ref recordEnd, ref next))
            {
                return false;
            }

            ReadRecord(text, Position, lineEnd, recordEnd);
            Position = next;
            if (IsBatchFull)
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
            Sink.ReportRow(LineOf(start), null, line, "line does not match the pattern");
        }

        for (var i = 0; i < _appenders.Length; i++)
        {
            if (_appenders[i] is { } appender)
            {
                isWhole &= Append(appender, i, text, start, recordEnd, isGood);
            }
        }

        Columns.EndRecord(isKept: isWhole || !Sink.IsSkipping);
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

        ReportValue(start, column, value, Scan.FileSchema[column].Type);
        return false;
    }
}
