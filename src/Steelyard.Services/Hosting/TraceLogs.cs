using Microsoft.Extensions.Logging;
using Steelyard.Worlds.Contracts;

namespace Steelyard.Services.Hosting;

/// <summary>What an application logs goes to the trace of the run.</summary>
internal sealed class TraceLogs(INodeWorld world) : ILoggerProvider, ILogger
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => world.IsTraced && logLevel >= LogLevel.Information;

    /// <inheritdoc/>
    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel) && !world.IsOver)
            world.Trace(formatter(state, exception));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
