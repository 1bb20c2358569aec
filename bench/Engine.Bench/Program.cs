using Engine.Bench;

return CommandLine.Run(args);
