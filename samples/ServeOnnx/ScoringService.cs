using System.Text.Json;

namespace ServeOnnx;

/// <summary>The HTTP face of a model.</summary>
internal static class ScoringService
{
    /// <summary>Loads the model and puts the service around it. The service owns the model and does not run yet.</summary>
    /// <exception cref="ModelFileException">The model cannot be served.</exception>
    public static WebApplication Build(ServeOptions options)
    {
        var model = new ScoringModel(options.ModelPath, options.Threads);
        // Settings come from the command line and the environment, not from whatever files the working directory has.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(options.Urls);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = options.MaxBodyBytes);
        builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
        // Where the service does not start, Program says why.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None);
        builder.Services.AddProblemDetails();
        // By a factory, so that the model is disposed with the service.
        builder.Services.AddSingleton(_ => model);

        var app = builder.Build();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        Map(app, app.Services.GetRequiredService<ScoringModel>(), options);
        return app;
    }

    private static void Map(WebApplication app, ScoringModel model, ServeOptions options)
    {
        var parser = new RowParser(model.Inputs, options.MaxRows);
        app.MapGet("/", () => new { Model = model.Info, Limits = new { Rows = options.MaxRows, Bytes = options.MaxBodyBytes } });
        app.MapGet("/health", () => new { Status = "healthy" });
        app.MapPost("/score", async (HttpContext context) =>
        {
            try
            {
                var rows = parser.Parse(await ReadBody(context.Request));
                await WriteScores(context.Response, rows, model.Score(rows));
            }
            catch (BadRequestException e)
            {
                await Problem(e).ExecuteAsync(context);
            }
            catch (BadHttpRequestException e) when (!context.Response.HasStarted)
            {
                string hint = e.StatusCode == StatusCodes.Status413PayloadTooLarge
                    ? " Send the rows in several requests, or start the service with a higher --max-body."
                    : "";
                await Results.Problem(e.Message + hint, statusCode: e.StatusCode).ExecuteAsync(context);
            }
        });
    }

    private static IResult Problem(BadRequestException e)
    {
        var about = new Dictionary<string, object?> { ["row"] = e.Row, ["column"] = e.Column, ["value"] = e.Value, ["expected"] = e.Expected };
        return Results.Problem(e.Message, statusCode: StatusCodes.Status400BadRequest, title: "The request cannot be scored.",
            extensions: about.Where(entry => entry.Value is not null));
    }

    private static async Task<ReadOnlyMemory<byte>> ReadBody(HttpRequest request)
    {
        var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        return body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    private static async Task WriteScores(HttpResponse response, ParsedRows rows, IReadOnlyList<OutputColumn> outputs)
    {
        response.ContentType = "application/json; charset=utf-8";
        await using var json = new Utf8JsonWriter(response.BodyWriter);
        if (!rows.IsSingle)
            json.WriteStartArray();
        for (int row = 0; row < rows.Count; row++)
        {
            json.WriteStartObject();
            foreach (var output in outputs)
            {
                json.WritePropertyName(output.Name);
                output.Write(json, row);
            }

            json.WriteEndObject();
        }

        if (!rows.IsSingle)
            json.WriteEndArray();
    }
}
