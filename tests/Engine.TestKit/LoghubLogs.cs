namespace Engine.TestKit;

/// <summary>The logs of loghub with, for each, the pattern that cuts its lines into the fields of its <c>_structured.csv</c> twin.</summary>
public static class LoghubLogs
{
    public static IReadOnlyList<(string Name, string Pattern)> All { get; } =
    [
        ("Android", "(?<Date>\\d\\d-\\d\\d) (?<Time>\\S+) +%{INT:Pid} +%{INT:Tid} (?<Level>[A-Z]) (?<Component>.*?) *: ?%{GREEDYDATA:Content}"),
        ("Apache", "\\[%{HTTPDERROR_DATE:Time}\\] \\[%{LOGLEVEL:Level}\\] %{GREEDYDATA:Content}"),
        ("HDFS", "(?<Date>\\d{6}) (?<Time>\\d{6}) %{INT:Pid} %{LOGLEVEL:Level} (?<Component>\\S+?): %{GREEDYDATA:Content}"),
        ("HPC", "%{INT:LogId} %{NOTSPACE:Node} %{NOTSPACE:Component} %{NOTSPACE:State} %{INT:Time} %{INT:Flag} %{GREEDYDATA:Content}"),
        ("Hadoop", "(?<Date>\\d{4}-\\d\\d-\\d\\d) (?<Time>[\\d:,]+) %{LOGLEVEL:Level} \\[(?<Process>.*?)\\] (?<Component>\\S+?): ?%{GREEDYDATA:Content}"),
        ("HealthApp", "(?<Time>[^|]+)\\|(?<Component>[^|]+)\\|(?<Pid>[^|]+)\\|%{GREEDYDATA:Content}"),
        ("Linux", "%{MONTH:Month} +%{MONTHDAY:Date} %{TIME:Time} %{NOTSPACE:Level} (?<Component>[^\\[:]+?(?:\\([^)]*\\)|))(?:\\[%{POSINT:PID}\\])?: ?%{GREEDYDATA:Content}"),
        ("OpenSSH", "%{MONTH:Date} +%{MONTHDAY:Day} %{TIME:Time} %{NOTSPACE:Component} sshd\\[%{POSINT:Pid}\\]: %{GREEDYDATA:Content}"),
        ("Proxifier", "\\[(?<Time>[^\\]]+)\\] (?<Program>.*?) - %{GREEDYDATA:Content}"),
        ("Spark", "(?<Date>\\d\\d/\\d\\d/\\d\\d) (?<Time>[\\d:]+) %{LOGLEVEL:Level} (?<Component>\\S+?): %{GREEDYDATA:Content}"),
        ("Zookeeper", "(?<Date>\\d{4}-\\d\\d-\\d\\d) (?<Time>[\\d:,]+) - +%{LOGLEVEL:Level} +\\[(?<Node>.+?):(?<Component>[^/].*?)@(?<Id>\\d+)\\] - %{GREEDYDATA:Content}"),
    ];
}
