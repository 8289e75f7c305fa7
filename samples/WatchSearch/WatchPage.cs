using System.Net;
using Microsoft.ML.Nas;

/// <summary>Shows a running search in a browser of this machine, and to nobody else.</summary>
internal static class WatchPage
{
    /// <summary>Starts to serve; dispose the result to stop.</summary>
    /// <param name="write">Writes the page as the search stands.</param>
    /// <param name="port">The port; 0 for one that is free.</param>
    /// <exception cref="IOException">The port is in use.</exception>
    public static async Task<WebApplication> Start(Action<Stream> write, int port)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Use(async (context, next) =>
        {
            // A name that someone else has pointed at this machine is refused, so that no foreign site can read the page.
            if (context.Request.Host.Host is "127.0.0.1" or "localhost") await next();
            else context.Response.StatusCode = StatusCodes.Status400BadRequest;
        });
        app.MapGet("/", async context =>
        {
            using var page = new MemoryStream();
            try
            {
                write(page);
            }
            catch (StudyException problem)
            {
                context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
                await context.Response.WriteAsync(problem.Message, context.RequestAborted);
                return;
            }
            page.Position = 0;
            context.Response.ContentType = "text/html; charset=utf-8";
            context.Response.Headers.CacheControl = "no-store";
            await page.CopyToAsync(context.Response.Body, context.RequestAborted);
        });
        await app.StartAsync();
        return app;
    }
}
