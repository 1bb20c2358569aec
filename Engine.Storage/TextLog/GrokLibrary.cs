using System.Collections.Frozen;

namespace Engine.Storage.TextLog;

/// <summary>Named patterns that grok expressions are made of.</summary>
internal static class GrokLibrary
{
    public static readonly FrozenDictionary<string, string> Patterns = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        // Words and texts.
        ["WORD"] = @"\w+",
        ["NOTSPACE"] = @"\S+",
        ["SPACE"] = @"\s*",
        ["DATA"] = ".*?",
        ["GREEDYDATA"] = ".*",
        ["QUOTEDSTRING"] = @"""(?:[^""\\]|\\.)*""|'(?:[^'\\]|\\.)*'",
        ["QS"] = "%{QUOTEDSTRING}",
        ["USERNAME"] = "[a-zA-Z0-9._-]+",
        ["USER"] = "%{USERNAME}",
        ["EMAILLOCALPART"] = "[a-zA-Z0-9!#$%&'*+/=?^_`{|}~.-]+",
        ["EMAILADDRESS"] = "%{EMAILLOCALPART}@%{HOSTNAME}",
        ["UUID"] = "[0-9A-Fa-f]{8}-(?:[0-9A-Fa-f]{4}-){3}[0-9A-Fa-f]{12}",

        // Numbers.
        ["INT"] = @"[+-]?\d+",
        ["POSINT"] = @"[1-9]\d*",
        ["NONNEGINT"] = @"\d+",
        ["BASE10NUM"] = @"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?",
        ["NUMBER"] = "%{BASE10NUM}",
        ["BASE16NUM"] = "[+-]?(?:0[xX])?[0-9A-Fa-f]+",
        ["BOOLEAN"] = "[Tt]rue|[Ff]alse|TRUE|FALSE",

        // Network.
        ["MAC"] = "(?:[0-9A-Fa-f]{2}[:-]){5}[0-9A-Fa-f]{2}|(?:[0-9A-Fa-f]{4}\\.){2}[0-9A-Fa-f]{4}",
        ["IPV4"] = @"(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)",
        ["IPV6"] = @"(?:[0-9A-Fa-f]{0,4}:){2,7}(?:%{IPV4}|[0-9A-Fa-f]{0,4})(?:%\w+)?",
        ["IP"] = "%{IPV6}|%{IPV4}",
        ["HOSTNAME"] = @"[0-9A-Za-z_](?:[0-9A-Za-z_-]{0,62})(?:\.[0-9A-Za-z_](?:[0-9A-Za-z_-]{0,62}))*\.?",
        ["HOST"] = "%{HOSTNAME}",
        ["IPORHOST"] = "%{IP}|%{HOSTNAME}",
        ["HOSTPORT"] = "%{IPORHOST}:%{POSINT}",

        // Paths and addresses.
        ["UNIXPATH"] = @"(?:/[^\s/]*)+",
        ["WINPATH"] = @"(?:[A-Za-z]:|\\)(?:\\[^\\?*\s]*)+",
        ["PATH"] = "%{UNIXPATH}|%{WINPATH}",
        ["URIPROTO"] = "[A-Za-z][A-Za-z0-9+.-]*",
        ["URIHOST"] = "%{IPORHOST}(?::%{POSINT})?",
        ["URIPATH"] = @"/[^\s?#]*",
        ["URIPARAM"] = @"\?\S*",
        ["URIPATHPARAM"] = "%{URIPATH}(?:%{URIPARAM})?",
        ["URI"] = "%{URIPROTO}://(?:%{USER}(?::[^@\\s]*)?@)?(?:%{URIHOST})?(?:%{URIPATHPARAM})?",
        ["TTY"] = @"/dev/(?:pts|tty[pq]?)\w*/?\d*",

        // Dates and times.
        ["MONTH"] = "(?:[Jj]an(?:uary)?|[Ff]eb(?:ruary)?|[Mm]ar(?:ch)?|[Aa]pr(?:il)?|[Mm]ay|[Jj]une?|[Jj]uly?|[Aa]ug(?:ust)?|[Ss]ep(?:tember)?|[Oo]ct(?:ober)?|[Nn]ov(?:ember)?|[Dd]ec(?:ember)?)",
        ["MONTHNUM"] = "0?[1-9]|1[0-2]",
        ["MONTHDAY"] = "0?[1-9]|[12][0-9]|3[01]",
        ["DAY"] = "(?:Mon(?:day)?|Tue(?:sday)?|Wed(?:nesday)?|Thu(?:rsday)?|Fri(?:day)?|Sat(?:urday)?|Sun(?:day)?)",
        ["YEAR"] = @"\d{4}|\d{2}",
        ["HOUR"] = "2[0-4]|[01]?[0-9]",
        ["MINUTE"] = "[0-5][0-9]",
        ["SECOND"] = "(?:60|[0-5]?[0-9])(?:[.,:][0-9]+)?",
        ["TIME"] = "(?:%{HOUR}):(?:%{MINUTE})(?::(?:%{SECOND}))?",
        ["DATE_US"] = "(?:%{MONTHNUM})[/-](?:%{MONTHDAY})[/-](?:%{YEAR})",
        ["DATE_EU"] = "(?:%{MONTHDAY})[./-](?:%{MONTHNUM})[./-](?:%{YEAR})",
        ["DATE"] = "%{DATE_US}|%{DATE_EU}",
        ["DATESTAMP"] = "(?:%{DATE})[- ](?:%{TIME})",
        ["TZ"] = "[A-Z]{3,4}",
        ["ISO8601_TIMEZONE"] = @"Z|[+-](?:\d{2}):?(?:\d{2})?",
        ["TIMESTAMP_ISO8601"] = @"\d{4}-(?:%{MONTHNUM})-(?:%{MONTHDAY})[T ](?:%{HOUR}):?(?:%{MINUTE})(?::?(?:%{SECOND}))?(?: ?(?:%{ISO8601_TIMEZONE}))?",
        ["HTTPDATE"] = @"(?:%{MONTHDAY})/(?:%{MONTH})/\d{4}:(?:%{TIME}) [+-]\d{4}",
        ["HTTPDERROR_DATE"] = @"(?:%{DAY}) (?:%{MONTH}) (?:%{MONTHDAY}) (?:%{TIME}) \d{4}",
        ["SYSLOGTIMESTAMP"] = "(?:%{MONTH}) +(?:%{MONTHDAY}) (?:%{TIME})",

        // Logs.
        ["LOGLEVEL"] = "(?i:trace|debug|notice|info(?:rmation)?|warn(?:ing)?|err(?:or)?|crit(?:ical)?|fatal|severe|emerg(?:ency)?|alert|panic)",
        ["PROG"] = @"[!-Z\\^-~]+",
        ["SYSLOGPROG"] = @"%{PROG:program}(?:\[%{POSINT:pid}\])?",
        ["SYSLOGHOST"] = "%{IPORHOST}",
        ["JAVACLASS"] = @"[a-zA-Z$_][\w$]*(?:[./][\w$]+)*",
        ["JAVAFILE"] = @"[A-Za-z0-9_. -]+",
        ["JAVAMETHOD"] = @"<init>|[a-zA-Z$_][\w$]*",
    }.ToFrozenDictionary(StringComparer.Ordinal);
}
