namespace Microsoft.ML.Runtime;

internal static class ChannelExtensions
{
    public static void Info(this IChannel channel, string message) => channel.Info(MessageSensitivity.Unknown, message);

    public static void Warning(this IChannel channel, string message) => channel.Warning(MessageSensitivity.Unknown, message);
}
