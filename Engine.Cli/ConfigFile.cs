using Engine.Catalog.Definitions;

namespace Engine.Cli;

/// <summary>
/// The file of <c>qe serve --config</c>: options by their names, without dashes, as YAML. What stands on the command line or in a variable <c>QE_NAME</c>
/// goes before it, so that it is put where those variables are.
/// </summary>
internal static class ConfigFile
{
    private const string OptionName = "--config";
    private const string Variable = "QE_CONFIG";

    /// <summary>Reads the file that the arguments, or the environment, name; nothing when none is named.</summary>
    /// <param name="arguments">Of the command line.</param>
    /// <param name="known">The options that there are.</param>
    /// <exception cref="Core.Errors.QueryException">F0000 or 58030, with the line: it has an option that there is not, or cannot be read.</exception>
    public static void Apply(string[] arguments, IEnumerable<string> known)
    {
        if (PathOf(arguments) is not { } path)
        {
            return;
        }

        var names = known.Select(name => name.TrimStart('-')).ToHashSet(StringComparer.Ordinal);
        var file = new YamlFile(path);
        foreach (var (key, value) in file.Root())
        {
            if (!names.Contains(key.Value!))
            {
                throw file.Bad(key, $"unknown option \"{key.Value}\": qe serve --help lists them");
            }

            var variable = CommandLine.VariableOf(key.Value!);
            if (Environment.GetEnvironmentVariable(variable) is null)
            {
                Environment.SetEnvironmentVariable(variable, file.Text(value));
            }
        }
    }

    private static string? PathOf(string[] arguments)
    {
        var place = Array.FindIndex(arguments, argument => argument == OptionName || argument.StartsWith($"{OptionName}=", StringComparison.Ordinal));
        return place < 0 ? Environment.GetEnvironmentVariable(Variable)
            : arguments[place] != OptionName ? arguments[place][(OptionName.Length + 1)..]
            : place + 1 < arguments.Length ? arguments[place + 1] : null;
    }
}
