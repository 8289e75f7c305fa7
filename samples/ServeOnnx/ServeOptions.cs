using System.Globalization;
using System.Net;

using Microsoft.AspNetCore.Http;

namespace ServeOnnx;

/// <summary>What the command line asks for.</summary>
internal sealed record ServeOptions
{
    public const string DefaultModel = "out/churn.onnx";

    public const string Usage = """
        Scores JSON rows with an exported model, over HTTP, with ONNX Runtime alone.

        ServeOnnx [MODEL] [options]
          MODEL            the .onnx file (default: out/churn.onnx, here or in a folder above)
          --urls URLS      addresses to listen on, separated by ; (default: http://127.0.0.1:5000, which only this machine reaches)
          --threads N      threads that one request may use (default: 1; requests run beside each other anyway)
          --max-rows N     the most rows of one request (default: 10000)
          --max-body N     the most bytes of one request (default: 33554432)
          --help           this text

        GET  /         the model: inputs with types and shapes, outputs, metadata, limits
        GET  /health   200 while the service runs
        POST /score    an array of row objects, or one: a property per input column, vector columns as arrays.
                       The answer has the same form, with a property per output of the model.
                       null or no property is a missing value: NaN for float and double, "" for string, 0 (no key) for uint8 to uint64;
                       bool and signed integers have no missing value. NaN and infinity in outputs are null.
                       A request that cannot be scored gets 400 and says in which row (the first is 0) and column, and why.

          curl -s http://127.0.0.1:5000/score -d '[{"tenure": 22, "contract": "Month-to-month"}]'
        """;

    /// <summary>Path of the model file.</summary>
    public required string ModelPath { get; init; }

    /// <summary>Addresses to listen on, separated by semicolons.</summary>
    public string Urls { get; init; } = "http://127.0.0.1:5000";

    /// <summary>Threads that one request may use.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>The most rows of one request.</summary>
    public int MaxRows { get; init; } = 10_000;

    /// <summary>The most bytes of one request's body.</summary>
    public int MaxBodyBytes { get; init; } = 32 << 20;

    /// <param name="args">The command line.</param>
    /// <param name="folder">Where the search for the default model begins.</param>
    /// <exception cref="UsageException">An option is unknown or its value is not one.</exception>
    /// <exception cref="ModelFileException">No model is named and there is none at the default path.</exception>
    public static ServeOptions Parse(IReadOnlyList<string> args, string folder)
    {
        var options = new ServeOptions { ModelPath = "" };
        for (int i = 0; i < args.Count; i++)
        {
            string[] parts = args[i].Split('=', 2);
            options = parts[0] switch
            {
                "--urls" => options with { Urls = Addresses(Value()) },
                "--threads" => options with { Threads = Count(Value()) },
                "--max-rows" => options with { MaxRows = Count(Value()) },
                "--max-body" => options with { MaxBodyBytes = Count(Value()) },
                ['-', ..] => throw new UsageException($"There is no option '{args[i]}'."),
                _ when options.ModelPath.Length > 0 => throw new UsageException($"One model can be served; '{options.ModelPath}' and '{args[i]}' are given."),
                _ => options with { ModelPath = args[i] },
            };

            string Value() => parts.Length == 2 ? parts[1]
                : ++i < args.Count ? args[i]
                : throw new UsageException($"{parts[0]} needs a value.");

            int Count(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0
                ? count
                : throw new UsageException($"{parts[0]} is '{text}'; it must be a whole number from 1 to {int.MaxValue}.");
        }

        return options.ModelPath.Length > 0 ? options : options with { ModelPath = FindDefaultModel(folder) };
    }

    private static string Addresses(string urls)
    {
        foreach (string url in urls.Split(';'))
        {
            if (!IsAddress(url))
                throw new UsageException($"--urls has '{url}'; it must be an address to listen on, such as http://127.0.0.1:5000 or http://*:5000.");
        }

        return urls;
    }

    private static bool IsAddress(string url)
    {
        try
        {
            // Strict: Kestrel listens on all of the machine's addresses where it cannot make sense of a host.
            var address = BindingAddress.Parse(url);
            return address.Scheme == Uri.UriSchemeHttp
                && address.PathBase.Length == 0
                && address.Port is >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort
                && (address.Host is "*" or "+" || Uri.CheckHostName(address.Host) != UriHostNameType.Unknown)
                && address is not { Host: "localhost", Port: 0 };
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static string FindDefaultModel(string folder)
    {
        for (var at = new DirectoryInfo(folder); at is not null; at = at.Parent)
        {
            string path = Path.Combine(at.FullName, DefaultModel);
            if (File.Exists(path))
                return path;
        }

        throw new ModelFileException($"There is no {DefaultModel} in '{folder}' or a folder above it. Make it with samples/QuickStart, or name a model file: ServeOnnx MODEL.");
    }
}
