using System.Globalization;
using Engine.Server.Bench;

if (args is not [var program, "load" or "stream", ..])
{
    await Console.Error.WriteLineAsync("bench/server load [CLIENTS] [QUERIES] | stream [ROWS] [MB/s]");
    return 2;
}

return args[1] == "load"
    ? await LoadRun.RunAsync(program, (int)Number(2, 200), (int)Number(3, 100))
    : await StreamRun.RunAsync(program, Number(2, 50_000_000), (int)Number(3, 40));

long Number(int place, long usual) => place < args.Length ? long.Parse(args[place], CultureInfo.InvariantCulture) : usual;
