using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Hosting;

/// <summary>What an application logs goes to the trace of the run; errors are counted as well.</summary>
internal sealed class TraceLogs(INodeWorld world) : ILoggerProvider
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => new TraceLog(world, TellsRealTime(categoryName));

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    // Frameworks measure by the machine's clock how long a request or a command took.
    static bool TellsRealTime(string category) =>
        category.StartsWith("Microsoft.", StringComparison.Ordinal)
            || category.StartsWith("System.", StringComparison.Ordinal);
}

/// <summary>The log of one category. Times of the machine's clock are left out of it, since a seed determines
/// what is told of its run.</summary>
internal sealed partial class TraceLog(INodeWorld world, bool tellsRealTime) : ILogger
{
    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => IsTold(logLevel) || IsCounted(logLevel);

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (world.IsOver)
            return;
        if (exception is not null && IsCounted(logLevel))
            ServiceFailures.Logged(world, exception);
        if (!IsTold(logLevel))
            return;
        var text = formatter(state, exception);
        world.Trace(tellsRealTime ? Milliseconds().Replace(text, "…") : text);
    }

    bool IsTold(LogLevel level) => world.IsTraced && level is >= LogLevel.Information and not LogLevel.None;

    static bool IsCounted(LogLevel level) => level is LogLevel.Error or LogLevel.Critical;

    [GeneratedRegex(@"\b[0-9][0-9.,]*(?= ?ms\b)", RegexOptions.None, 1000)]
    private static partial Regex Milliseconds();
}
