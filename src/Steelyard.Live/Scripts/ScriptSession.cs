using System.Data.Common;
using Steelyard.Live.Sql;

namespace Steelyard.Live.Scripts;

/// <summary>One session of a script: it does its steps one after the other, as far as the server lets
/// it.</summary>
internal sealed class ScriptSession(
    SqlSession session, long number, SqlDialect dialect, ScriptTale tale, CancellationToken cancellation)
    : IAsyncDisposable
{
    readonly Queue<ScriptStep> _next = new();
    Task<Action>? _now;
    ScriptStep? _step;
    bool _isOver;
    bool _saidThatItWaits;

    /// <summary>Whether it has nothing left to do.</summary>
    public bool IsIdle => _now is null && _next.Count == 0;

    /// <summary>What it is doing; completed where it does nothing.</summary>
    public Task Now => _now ?? Task.CompletedTask;

    /// <summary>Opens one of a level; its transaction has begun.</summary>
    public static async Task<ScriptSession> Open(
        Func<IReadOnlyList<string>, Task<SqlSession>> open, SqlDialect dialect, SqlLevel level,
        ScriptTale tale, CancellationToken cancellation)
    {
        var session = await open(dialect.SessionAt(level));
        var number = (long)(await session.Ask(dialect.OwnNumber, cancellation))[0][0];
        await session.Do(level.Begin, cancellation);
        return new(session, number, dialect, tale, cancellation);
    }

    /// <summary>Takes a step, to be done when those before it are.</summary>
    public void Take(ScriptStep step) => _next.Enqueue(step);

    /// <summary>Tells what came of its step, where that is done, and begins with the next one.</summary>
    public void GoOn()
    {
        if (_now is { IsCompleted: false })
            return;
        _now?.GetAwaiter().GetResult().Invoke();
        _now = null;
        while (_now is null && _next.TryDequeue(out _step))
        {
            if (_isOver)
                tale.Skipped(_step);
            else
                (_now, _saidThatItWaits) = (Run(_step), false);
        }
    }

    /// <summary>Whether the server says that it stands still until another session lets it go on.</summary>
    public async Task<bool> Waits(SqlSession observer)
    {
        if (!await dialect.IsWaiting(observer, number, cancellation) || Now.IsCompleted)
            return false;
        if (!_saidThatItWaits)
            tale.Waits(_step!);
        return _saidThatItWaits = true;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => session.DisposeAsync();

    // What came of it, to be told when its turn comes.
    async Task<Action> Run(ScriptStep step)
    {
        try
        {
            if (step.Label is not null)
            {
                var read = ScriptRows.Of(await session.Ask(step.Sql, cancellation));
                return () => tale.Answered(step, read);
            }

            var rows = await session.Do(step.Sql, cancellation);
            return () =>
            {
                tale.Done(step, rows);
                _isOver = step.EndsAll;
            };
        }
        catch (DbException refused) when (dialect.CodeOf(refused) is { } code)
        {
            await session.Do("rollback", cancellation);
            return () =>
            {
                tale.Refused(step, code);
                _isOver = true;
            };
        }
    }
}
