using System.Collections.Frozen;

namespace Engine.Storage.TextLog;

/// <summary>Log formats that are known by name.</summary>
internal static class LogPresets
{
    private const string CommonStart =
        @"%{NOTSPACE:client} (?<identity>\S+) (?<user_name>\S+) \[%{HTTPDATE:ts:timestamptz}\] ""(?:(?<method>[A-Z]+) (?<path>\S+)(?: (?<protocol>HTTP/[\d.]+))?|(?<request>(?:[^""\\]|\\.)*))"" %{STATUS_OR_DASH:status:int} %{NUMBER_OR_DASH:bytes:bigint}";

    private const string Agents = @" ""(?<referrer>(?:[^""\\]|\\.)*)"" ""(?<user_agent>(?:[^""\\]|\\.)*)""";

    public static readonly FrozenDictionary<string, string> Patterns = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["common"] = CommonStart,
        ["combined"] = CommonStart + Agents + "(?: .*)?",
        ["vhost_combined"] = @"(?<vhost>[^\s:]+)(?::%{POSINT:port:int})? " + CommonStart + Agents + "(?: .*)?",
        ["syslog"] = @"(?:<%{NONNEGINT:priority:int}>)?%{SYSLOGTIMESTAMP:ts} %{NOTSPACE:host} (?<program>[^\[:]+?)(?:\[%{POSINT:pid:bigint}\])?: %{GREEDYDATA:message}",
        ["syslog5424"] = @"<%{NONNEGINT:priority:int}>%{NONNEGINT:version:int} (?:-|%{TIMESTAMP_ISO8601:ts:timestamptz}) (?:-|%{NOTSPACE:host}) (?:-|%{NOTSPACE:program}) (?:-|%{NOTSPACE:pid}) (?:-|%{NOTSPACE:message_id}) (?:-|(?<structured_data>(?:\[(?:[^\]\\]|\\.)*\])+))(?: %{GREEDYDATA:message})?",
        ["nginx_error"] = @"%{YMD_TIME:ts:timestamp} \[%{LOGLEVEL:level}\] %{POSINT:pid:bigint}#%{NONNEGINT:tid:bigint}: (?:\*%{NONNEGINT:connection:bigint} )?%{GREEDYDATA:message}",
        ["apache_error"] = @"\[%{HTTPDERROR_DATE:ts:timestamp}\] \[(?:(?<module>\w+):)?%{LOGLEVEL:level}\] (?:\[pid %{POSINT:pid:bigint}(?::tid (?<tid>\d+))?\] )?(?:\[client (?<client>[^\]]+)\] )?%{GREEDYDATA:message}",
        ["log4j"] = @"%{TIMESTAMP_ISO8601:ts:timestamp}(?: -)? +%{LOGLEVEL:level} +(?:\[(?<thread>[^\]]*)\] +)?(?<logger>\S+?)(?: -|:) +%{GREEDYDATA:message}",
        ["spring"] = @"%{TIMESTAMP_ISO8601:ts:timestamp} +%{LOGLEVEL:level} +%{POSINT:pid:bigint} +--- +(?:\[(?<application>[^\]]*)\] +)?\[(?<thread>[^\]]*)\] +(?<logger>\S+) +: %{GREEDYDATA:message}",
        ["glog"] = @"(?<level>[IWEF])(?<ts>\d{4}(?:\d{4})? \d{2}:\d{2}:\d{2}\.\d+) +%{NONNEGINT:tid:bigint} (?<file>[^:]+):%{NONNEGINT:line:int}\] %{GREEDYDATA:message}",
        ["hdfs"] = @"%{HDFS_TIME:ts:timestamp} %{NONNEGINT:pid:bigint} %{LOGLEVEL:level} (?<component>\S+): %{GREEDYDATA:message}",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Patterns that presets alone use.</summary>
    public static readonly FrozenDictionary<string, string> Helping = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["STATUS_OR_DASH"] = @"\d{3}|-",
        ["NUMBER_OR_DASH"] = @"\d+|-",
        ["YMD_TIME"] = @"\d{4}/\d{2}/\d{2} \d{2}:\d{2}:\d{2}",
        ["HDFS_TIME"] = @"\d{6} \d{6}",
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
