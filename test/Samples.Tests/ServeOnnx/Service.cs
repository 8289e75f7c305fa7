using System.Net;
using System.Text;
using System.Text.Json;

using Microsoft.AspNetCore.Builder;
using Microsoft.ML.Nas.Onnx;

using ServeOnnx;

namespace Samples.Tests.ServeOnnx;

/// <summary>The service around a model of the test's, running on a free port of this machine.</summary>
internal sealed class Service : IAsyncDisposable
{
    private readonly string _path;
    private readonly WebApplication _app;

    private Service(string path, WebApplication app)
    {
        _path = path;
        _app = app;
        Client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };
    }

    public HttpClient Client { get; }

    public static async Task<Service> Start(OnnxModel model, Func<ServeOptions, ServeOptions>? configure = null)
    {
        string path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.onnx");
        model.Save(path);
        var options = new ServeOptions { ModelPath = path, Urls = "http://127.0.0.1:0" };
        var app = ScoringService.Build(configure?.Invoke(options) ?? options);
        await app.StartAsync();
        return new(path, app);
    }

    public Task<Answer> Post(string body) => Post(Encoding.UTF8.GetBytes(body));

    public async Task<Answer> Post(byte[] body)
    {
        using var content = new ByteArrayContent(body);
        using var response = await Client.PostAsync(new Uri("/score", UriKind.Relative), content);
        return await Answer.Read(response);
    }

    public async Task<Answer> Get(string path)
    {
        using var response = await Client.GetAsync(new Uri(path, UriKind.Relative));
        return await Answer.Read(response);
    }

    /// <summary>Scores rows that are in order, and returns the answer's rows.</summary>
    public async Task<JsonElement[]> Score(string rows)
    {
        var answer = await Post(rows);
        Assert.AreEqual(HttpStatusCode.OK, answer.Status, answer.Json.GetRawText());
        return [.. answer.Json.EnumerateArray()];
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        File.Delete(_path);
    }
}

internal sealed record Answer(HttpStatusCode Status, string? ContentType, JsonElement Json)
{
    public static async Task<Answer> Read(HttpResponseMessage response)
    {
        using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return new(response.StatusCode, response.Content.Headers.ContentType?.MediaType, document.RootElement.Clone());
    }
}
