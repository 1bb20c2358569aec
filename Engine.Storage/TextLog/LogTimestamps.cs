using Engine.Core.Text;
using Engine.Core.Types;
using Engine.Storage.Text;

namespace Engine.Storage.TextLog;

/// <summary>Reads timestamps in the layouts that logs have. The one that fitted last is tried first.</summary>
internal sealed class LogTimestamps(TimestampType type, TimestampPattern? told)
{
    private readonly TimestampPattern[] _patterns = told is not null
        ? [told]
        :
        [
            .. new[]
            {
                "%d/%b/%Y:%H:%M:%S %z", "%a %b %d %H:%M:%S.%f %Y", "%a %b %d %H:%M:%S %Y", "%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M:%S.%f",
                "%d/%b/%Y:%H:%M:%S", "%d/%b/%Y %H:%M:%S", "%y%m%d %H%M%S", "%y/%m/%d %H:%M:%S", "%m/%d/%Y %I:%M:%S %p", "%d.%m.%Y %H:%M:%S",
                "%Y%m%d-%H:%M:%S:%f", "%a, %d %b %Y %H:%M:%S %Z", "%Y%m%d%H%M%S",
            }.Select(TimestampPattern.Parse),
        ];

    private int _last = -1;

    public bool TryParse(ReadOnlySpan<byte> text, out long value)
    {
        if (_last >= 0 && _patterns[_last].TryParse(text, type.Unit, out value))
        {
            return true;
        }

        if (told is null && new TimestampParser(type, ParseRules.Default).TryParse(text, out value))
        {
            return true;
        }

        for (var i = 0; i < _patterns.Length; i++)
        {
            if (_patterns[i].TryParse(text, type.Unit, out value))
            {
                _last = i;
                return true;
            }
        }

        value = 0;
        return false;
    }
}

/// <summary>As a parser of cells.</summary>
internal readonly struct LogTimestampParser(LogTimestamps timestamps) : ICellParser<long>
{
    private readonly LogTimestamps _timestamps = timestamps;

    public bool TryParse(ReadOnlySpan<byte> text, out long value) => _timestamps.TryParse(text, out value);
}
