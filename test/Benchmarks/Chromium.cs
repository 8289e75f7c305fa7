using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;

namespace Benchmarks;

/// <summary>A headless browser, spoken to over the DevTools protocol.</summary>
internal sealed class Chromium : IDisposable
{
    private static readonly string[] Domains = ["Page.enable", "Runtime.enable", "Log.enable", "Network.enable"];

    private readonly Process _process;
    private readonly DirectoryInfo _profile;
    private readonly ClientWebSocket _socket = new();
    private readonly List<JsonNode> _events = [];
    private int _messages;

    private Chromium(Process process, DirectoryInfo profile) => (_process, _profile) = (process, profile);

    public sealed record View(int ContentWidth, int Height, IReadOnlyList<string> Problems, IReadOnlyList<string> Requests);

    public static Chromium Start(string command)
    {
        var profile = Directory.CreateTempSubdirectory("nasml-chromium-");
        var process = Process.Start(new ProcessStartInfo(command, ["--no-sandbox", "--headless", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-port=0", $"--user-data-dir={profile.FullName}", "about:blank"]) { RedirectStandardError = true })!;
        var browser = new Chromium(process, profile);
        string? line;
        const string announcement = "DevTools listening on ";
        do line = process.StandardError.ReadLine() ?? throw new InvalidOperationException($"{command} ended before it listened.");
        while (!line.StartsWith(announcement, StringComparison.Ordinal));
        // What nobody reads would block the browser in the end.
        _ = process.StandardError.ReadToEndAsync();
        var address = new Uri(line[announcement.Length..]);
        using var http = new HttpClient();
        var pages = JsonNode.Parse(http.GetStringAsync(new Uri($"http://{address.Authority}/json/list")).GetAwaiter().GetResult())!.AsArray();
        var page = pages.First(static one => (string?)one!["type"] == "page")!;
        browser._socket.ConnectAsync(new Uri((string)page["webSocketDebuggerUrl"]!), CancellationToken.None).GetAwaiter().GetResult();
        foreach (var domain in Domains) browser.Send(domain);
        return browser;
    }

    /// <summary>Opens a page as a device of a width shows it, and takes a picture of all of it.</summary>
    public View Look(string address, int width, bool dark, string picture)
    {
        _events.Clear();
        var mode = dark ? "dark" : "light";
        Send("Emulation.setDeviceMetricsOverride", new JsonObject { ["width"] = width, ["height"] = 900, ["deviceScaleFactor"] = 1, ["mobile"] = width < 600 });
        Send("Emulation.setEmulatedMedia", new JsonObject { ["features"] = new JsonArray(new JsonObject { ["name"] = "prefers-color-scheme", ["value"] = mode }) });
        Send("Page.navigate", new JsonObject { ["url"] = address });
        while (!_events.Exists(static one => (string?)one["method"] == "Page.loadEventFired")) _events.Add(Receive());
        var size = Send("Page.getLayoutMetrics")["cssContentSize"]!;
        var (contentWidth, height) = ((int)size["width"]!, (int)size["height"]!);
        var clip = new JsonObject { ["x"] = 0, ["y"] = 0, ["width"] = width, ["height"] = height, ["scale"] = 1 };
        var taken = Send("Page.captureScreenshot", new JsonObject { ["captureBeyondViewport"] = true, ["clip"] = clip });
        File.WriteAllBytes(picture, Convert.FromBase64String((string)taken["data"]!));
        return new(contentWidth, height, [.. _events.Select(Problem).OfType<string>()],
            [.. _events.Where(static one => (string?)one["method"] == "Network.requestWillBeSent").Select(static one => (string)one["params"]!["request"]!["url"]!).Where(url => url != address)]);
    }

    public void Dispose()
    {
        _socket.Dispose();
        _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        _profile.Delete(recursive: true);
    }

    private static string? Problem(JsonNode one) => (string?)one["method"] switch
    {
        "Runtime.exceptionThrown" => one["params"]!["exceptionDetails"]!.ToJsonString(),
        "Runtime.consoleAPICalled" => one["params"]!["args"]!.ToJsonString(),
        "Log.entryAdded" => $"{one["params"]!["entry"]!["level"]}: {one["params"]!["entry"]!["text"]}",
        _ => null,
    };

    private JsonNode Send(string method, JsonObject? parameters = null)
    {
        var id = ++_messages;
        var message = new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] };
        _socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, true, CancellationToken.None).GetAwaiter().GetResult();
        while (true)
        {
            var answer = Receive();
            if ((int?)answer["id"] != id) _events.Add(answer);
            else if (answer["error"] is { } error) throw new InvalidOperationException($"{method}: {error.ToJsonString()}");
            else return answer["result"]!;
        }
    }

    private JsonNode Receive()
    {
        using var message = new MemoryStream();
        var buffer = new byte[65536];
        WebSocketReceiveResult part;
        do
        {
            part = _socket.ReceiveAsync(buffer, CancellationToken.None).GetAwaiter().GetResult();
            message.Write(buffer, 0, part.Count);
        }
        while (!part.EndOfMessage);
        return JsonNode.Parse(message.ToArray())!;
    }
}
