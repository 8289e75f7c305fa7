using ServeOnnx;

if (args.Any(argument => argument is "--help" or "-h"))
{
    Console.WriteLine(ServeOptions.Usage);
    return 0;
}

try
{
    var options = ServeOptions.Parse(args, Environment.CurrentDirectory);
    await using var app = ScoringService.Build(options);
    Console.WriteLine($"Serving {options.ModelPath}");
    await app.RunAsync();
    return 0;
}
catch (UsageException e)
{
    Console.Error.WriteLine($"ServeOnnx: {e.Message} See --help.");
    return 2;
}
catch (Exception e) when (e is ModelFileException or IOException)
{
    // IOException: the address is in use or is not this machine's.
    Console.Error.WriteLine($"ServeOnnx: {e.Message}");
    return 1;
}
